-- What the commands ask the language server, in all versions of Neovim since 0.7.
local M = {}

--- Whether the server has an extension of the protocol: `rendered`, `why`, …
function M.can(client, ability)
  local experimental = client.server_capabilities.experimental
  return type(experimental) == 'table' and experimental[ability] == true
end

--- Sends a request; `done` gets the result. A refusal is shown to the user, unless `quiet`.
function M.request(client, method, parameters, buffer, done, quiet)
  local function answered(problem, result)
    if problem == nil then return done(result) end
    if not quiet then vim.notify('kdsl: ' .. tostring(problem.message), vim.log.levels.WARN) end
  end
  if vim.fn.has('nvim-0.11') == 1 then return client:request(method, parameters, answered, buffer) end
  return client.request(method, parameters, answered, buffer)
end

--- Runs a command of the server with one argument.
function M.execute(client, command, argument, buffer, done)
  M.request(client, 'workspace/executeCommand', { command = command, arguments = { argument } }, buffer, done)
end

--- The byte of its line that a position of the protocol means.
function M.byte_of(buffer, position, encoding)
  local line = vim.api.nvim_buf_get_lines(buffer, position.line, position.line + 1, false)[1] or ''
  if encoding == 'utf-8' then return math.min(position.character, #line) end
  local _, length = vim.str_utfindex(line)
  return vim.str_byteindex(line, math.min(position.character, length), true)
end

--- Opens a place of the protocol in the current window; CTRL-O leads back.
function M.open(location, encoding)
  vim.cmd("normal! m'")
  local buffer = vim.uri_to_bufnr(location.uri)
  vim.fn.bufload(buffer)
  vim.bo[buffer].buflisted = true
  vim.api.nvim_win_set_buf(0, buffer)
  local start = location.range.start
  vim.api.nvim_win_set_cursor(0, { start.line + 1, M.byte_of(buffer, start, encoding) })
end

--- `prod.kdsl:4`
function M.place_text(location)
  return vim.fn.fnamemodify(vim.uri_to_fname(location.uri), ':t') .. ':' .. (location.range.start.line + 1)
end

return M
