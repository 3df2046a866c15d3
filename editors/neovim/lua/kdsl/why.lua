-- :KdslWhy shows where the value at the cursor comes from, in a window below: the strongest setting first. <CR> opens the place of a line.
local ask = require('kdsl.client')
local M = {}

local actions = {
  sets = 'set',
  merges = 'merged',
  appends = 'appended',
  prepends = 'prepended',
  deletes = 'made absent',
  external = 'made elsewhere',
  below = 'read by super',
  overridden = 'overridden',
  dropped = 'dropped by a stronger layer',
  idle = 'not held',
}
local origins = { default = 'the default', ['command-line'] = 'from outside', server = 'by the API server' }
local passages = { each = 'by an each', spread = 'by a spread', copy = 'by way of' }

-- JSON's null is not nil.
local function given(value)
  if value == vim.NIL then return nil end
  return value
end

local function description(setting)
  local parts = { actions[setting.effect] or setting.effect }
  if setting.effect == 'idle' and given(setting.condition) then parts[1] = 'not held: ' .. setting.condition end
  if setting.final then table.insert(parts, 'final') end
  if origins[setting.origin] then table.insert(parts, origins[setting.origin]) end
  if given(setting.within) then table.insert(parts, 'in ' .. setting.within) end
  return table.concat(parts, ', ')
end

--- Lines of text, and of some of them (by number) the place.
local function layout(views)
  local lines, places = {}, {}
  local function add(depth, text, location)
    table.insert(lines, string.rep('  ', depth) .. text:gsub('\n', ' '))
    places[#lines] = given(location)
  end
  local function placed(depth, location, text)
    location = given(location)
    add(depth, location and ask.place_text(location) .. '  ' .. text or text, location)
  end
  local function add_value(value, depth)
    add(depth, value.path .. ': ' .. value.value)
    for _, setting in ipairs(value.settings) do
      local text = setting.text ~= '' and setting.text or given(setting.value) or setting.effect
      placed(depth + 1, setting.location, text .. '  (' .. description(setting) .. ')')
      for _, detour in ipairs(setting.detours) do
        placed(depth + 2, detour.location, detour.text .. '  (' .. (passages[detour.kind] or detour.kind) .. ')')
      end
      for _, input in ipairs(setting.inputs) do add_value(input, depth + 2) end
    end
  end
  for _, view in ipairs(views) do
    local depth = 0
    if #view.values > 0 and view.old == true then add(0, 'There are errors: this is how it was before them.') end
    if #view.values > 0 and given(view.target) then
      add(0, view.target)
      depth = 1
    end
    for _, value in ipairs(view.values) do add_value(value, depth) end
    if view.more > 0 then add(depth, '… and ' .. view.more .. ' more') end
  end
  return lines, places
end

local function show(client, source, lines, places)
  local buffer = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].bufhidden = 'wipe'
  vim.bo[buffer].modifiable = false
  local window = vim.api.nvim_get_current_win()
  vim.cmd('botright sbuffer ' .. buffer)
  vim.api.nvim_win_set_height(0, math.max(3, math.min(#lines, math.floor(vim.o.lines / 3))))
  vim.wo.wrap = false
  vim.wo.number = false
  local function open()
    local place = places[vim.api.nvim_win_get_cursor(0)[1]]
    if place == nil then return end
    local target = vim.api.nvim_win_is_valid(window) and window or vim.fn.bufwinid(source)
    if target == -1 then return end
    vim.api.nvim_set_current_win(target)
    ask.open(place, client.offset_encoding)
  end
  vim.keymap.set('n', '<CR>', open, { buffer = buffer, desc = 'Open the place' })
  vim.keymap.set('n', 'q', '<cmd>close<cr>', { buffer = buffer, desc = 'Close' })
end

function M.show(client, source)
  local parameters = vim.lsp.util.make_position_params(0, client.offset_encoding)
  ask.request(client, 'kdsl/why', parameters, source, function(result)
    local lines, places = layout(result.views)
    if #lines == 0 then
      vim.notify('kdsl: what is at the cursor has no value in a build')
      return
    end
    show(client, source, lines, places)
  end)
end

return M
