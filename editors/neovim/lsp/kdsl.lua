-- For Neovim 0.11 and later: `vim.lsp.enable('kdsl')` finds this.
return {
  cmd = { 'kdsl', 'lsp' },
  filetypes = { 'kdsl' },
  root_markers = { 'project.kdsl', '.git' },
  on_attach = function(client, buffer) require('kdsl.commands').attach(client, buffer) end,
}
