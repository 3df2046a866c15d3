-- What syntax/kdsl.vim makes of programs: nvim --headless -c 'luafile vim_classes.lua', the folder in KDSL_PROGRAMS (see test_highlighting.py).

local classes = {
  kdslConditional = 'k', kdslRepeat = 'k', kdslOperatorWord = 'k', kdslDeclare = 'k', kdslModifier = 'k', kdslInclude = 'k',
  kdslImportAs = 'k', kdslCheck = 'k', kdslSelf = 'k', kdslConstant = 'k',
  kdslText = 's', kdslTextBlock = 's', kdslRawText = 's', kdslRawTextBlock = 's', kdslEscape = 's',
  kdslNumber = 'n', kdslComment = 'c', kdslDocumentation = 'c',
}

local function classes_of(path)
  vim.cmd('silent edit! ++ff=unix ++enc=utf-8 ' .. vim.fn.fnameescape(path))
  local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  local letters = {}
  for number, text in ipairs(lines) do
    local column = 1
    while column <= #text do
      local name = vim.fn.synIDattr(vim.fn.synID(number, column, 0), 'name')
      table.insert(letters, classes[name] or 'o')
      column = column + 1
    end
    table.insert(letters, 'o')
  end
  local file = assert(io.open(path, 'rb'))
  local size = #file:read('*a')
  file:close()
  return table.concat(letters):sub(1, size)
end

local ok, problem = pcall(function()
  for _, path in ipairs(vim.fn.glob(vim.env.KDSL_PROGRAMS .. '/*.kdsl', true, true)) do
    local file = assert(io.open((path:gsub('%.kdsl$', '.classes')), 'wb'))
    file:write(classes_of(path))
    file:close()
    vim.cmd('silent bwipeout!')
  end
end)
if not ok then
  io.stderr:write(tostring(problem) .. '\n')
  vim.cmd('cquit 1')
end
vim.cmd('qall!')
