-- :KdslTest runs the test at the cursor, :KdslTest! all of the file. What fails is shown at its line, as diagnostics are.
local ask = require('kdsl.client')
local M = {}

local namespace = vim.api.nvim_create_namespace('kdsl.tests')
-- The kind of symbol that the server gives to tests, and to nothing else.
local event_kind = 24

local function failures(problems, buffer, encoding)
  local uri = vim.uri_from_bufnr(buffer)
  local found = {}
  for _, problem in ipairs(problems) do
    -- What is wrong in another file is told at the begin of this one.
    local start = { line = 0, character = 0 }
    if problem.location ~= vim.NIL and problem.location.uri == uri then start = problem.location.range.start end
    table.insert(found, {
      lnum = start.line,
      col = ask.byte_of(buffer, start, encoding),
      message = problem.message,
      severity = vim.diagnostic.severity.ERROR,
      source = 'kdsl test',
    })
  end
  return found
end

local function run(client, buffer, title)
  local argument = { textDocument = { uri = vim.uri_from_bufnr(buffer) }, title = title }
  ask.execute(client, 'kdsl.server.runTests', argument, buffer, function(result)
    if not vim.api.nvim_buf_is_valid(buffer) then return end
    local found = failures(result.problems, buffer, client.offset_encoding)
    local passed, failed = 0, 0
    for _, test in ipairs(result.tests) do
      if test.passed then passed = passed + 1 else failed = failed + 1 end
      vim.list_extend(found, failures(test.problems, buffer, client.offset_encoding))
    end
    vim.diagnostic.set(namespace, buffer, found)
    local level = (failed > 0 or #result.problems > 0) and vim.log.levels.WARN or vim.log.levels.INFO
    local text = #result.problems > 0 and 'the file has errors, no test ran' or string.format('%d passed, %d failed', passed, failed)
    vim.notify('kdsl: ' .. text, level)
  end)
end

--- Runs the test at the cursor; if `all` or where none is, those of the file.
function M.run(client, buffer, all)
  if all then return run(client, buffer, nil) end
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  ask.request(client, 'textDocument/documentSymbol', { textDocument = { uri = vim.uri_from_bufnr(buffer) } }, buffer, function(symbols)
    for _, symbol in ipairs(symbols or {}) do
      local range = symbol.range or symbol.location.range
      if symbol.kind == event_kind and range.start.line <= line and line <= range['end'].line then return run(client, buffer, symbol.name) end
    end
    run(client, buffer, nil)
  end)
end

--- What failed is no longer known when the text changes.
function M.forget_on_change(buffer)
  vim.api.nvim_create_autocmd({ 'TextChanged', 'TextChangedI' }, {
    buffer = buffer,
    callback = function() vim.diagnostic.reset(namespace, buffer) end,
  })
end

return M
