-- :KdslRendered shows what a file builds in a window beside it, and keeps it up to date.
local ask = require('kdsl.client')
local M = {}

-- After the last keystroke, in milliseconds, before what is shown is built again.
local quiet_time = 150
-- Of each source's buffer: the buffer that shows what it builds, and the timer.
local views = {}

local function refresh(source)
  local view = views[source]
  if view == nil or not vim.api.nvim_buf_is_valid(view.buffer) then
    views[source] = nil
    return
  end
  local parameters = { textDocument = { uri = vim.uri_from_bufnr(source) } }
  ask.request(view.client, 'kdsl/rendered', parameters, source, function(result)
    if result == nil or not vim.api.nvim_buf_is_valid(view.buffer) then return end
    local lines = {}
    for _, text in ipairs(result.problems) do table.insert(lines, '# ' .. text:gsub('\n', ' ')) end
    if type(result.builtAt) == 'string' then table.insert(lines, '# below is what was built last, at ' .. result.builtAt) end
    for _, text in ipairs(vim.split(result.text, '\n', { plain = true })) do table.insert(lines, text) end
    if lines[#lines] == '' then table.remove(lines) end
    vim.bo[view.buffer].modifiable = true
    vim.api.nvim_buf_set_lines(view.buffer, 0, -1, false, lines)
    vim.bo[view.buffer].modifiable = false
  end, true)
end

local function refresh_soon(source)
  local view = views[source]
  if view == nil then return end
  view.timer:stop()
  view.timer:start(quiet_time, 0, vim.schedule_wrap(function() refresh(source) end))
end

function M.show(client, source)
  local view = views[source]
  if view == nil or not vim.api.nvim_buf_is_valid(view.buffer) then
    local buffer = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_name(buffer, 'kdsl-rendered://' .. vim.api.nvim_buf_get_name(source) .. '.yaml')
    vim.bo[buffer].filetype = 'yaml'
    vim.bo[buffer].bufhidden = 'wipe'
    vim.bo[buffer].modifiable = false
    view = { buffer = buffer, client = client, timer = vim.loop.new_timer() }
    views[source] = view
    vim.api.nvim_create_autocmd({ 'TextChanged', 'TextChangedI' }, {
      buffer = source,
      callback = function()
        refresh_soon(source)
        return views[source] == nil
      end,
    })
  end
  if vim.fn.bufwinid(view.buffer) == -1 then
    local window = vim.api.nvim_get_current_win()
    vim.cmd('rightbelow vertical sbuffer ' .. view.buffer)
    vim.api.nvim_set_current_win(window)
  end
  refresh(source)
end

return M
