-- Starts the language server for kdsl files: require('kdsl').setup(). Neovim 0.7 and later.
local M = {}

local defaults = {
  cmd = { 'kdsl', 'lsp' },
  -- What vim.lsp.start takes besides: on_attach, capabilities, settings, handlers …
  lsp = {},
  -- Colours by tree-sitter where its parser for kdsl is installed.
  treesitter = true,
}

--- The nearest folder above the file with a project.kdsl or a .git; else the file's own.
local function root_of(path)
  local folder = vim.fn.fnamemodify(path, ':p:h')
  local project = vim.fn.findfile('project.kdsl', vim.fn.escape(folder, ' ,;') .. ';')
  if project ~= '' then return vim.fn.fnamemodify(project, ':p:h') end
  local git = vim.fn.finddir('.git', vim.fn.escape(folder, ' ,;') .. ';')
  if git ~= '' then return vim.fn.fnamemodify(git, ':p:h:h') end
  return folder
end

-- Neovim 0.7 has no vim.lsp.start, which finds the client that a root has already.
local clients_of_roots = {}
local function start(config, buffer)
  if vim.lsp.start then return vim.lsp.start(config, { bufnr = buffer }) end
  local id = clients_of_roots[config.root_dir]
  if id == nil or vim.lsp.get_client_by_id(id) == nil then
    id = vim.lsp.start_client(config)
    clients_of_roots[config.root_dir] = id
  end
  if id then vim.lsp.buf_attach_client(buffer, id) end
  return id
end

local function start_for(buffer, options)
  -- A buffer without a file, as those that show rendered YAML or an older version, has nothing to check.
  if vim.bo[buffer].buftype ~= '' then return end
  local config = vim.tbl_deep_extend('force', { name = 'kdsl' }, options.lsp, { cmd = options.cmd, root_dir = root_of(vim.api.nvim_buf_get_name(buffer)) })
  local on_attach = options.lsp.on_attach
  config.on_attach = function(client, attached)
    require('kdsl.commands').attach(client, attached)
    if on_attach then on_attach(client, attached) end
  end
  start(config, buffer)
end

local function use_treesitter(buffer)
  if not (vim.treesitter and vim.treesitter.start) then return end
  -- Without a parser the patterns of syntax/kdsl.vim stay.
  pcall(vim.treesitter.start, buffer, 'kdsl')
end

function M.setup(options)
  options = vim.tbl_deep_extend('force', defaults, options or {})
  local group = vim.api.nvim_create_augroup('kdsl', { clear = true })
  local function enter(buffer)
    start_for(buffer, options)
    if options.treesitter then use_treesitter(buffer) end
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = 'kdsl',
    callback = function(event) enter(event.buf) end,
  })
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].filetype == 'kdsl' then enter(buffer) end
  end
end

return M
