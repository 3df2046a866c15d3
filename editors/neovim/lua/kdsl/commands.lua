-- The commands of a kdsl buffer, as far as its server can do what they need.
local ask = require('kdsl.client')
local M = {}

function M.attach(client, buffer)
  local function command(name, run, options)
    vim.api.nvim_buf_create_user_command(buffer, name, run, vim.tbl_extend('force', { force = true }, options))
  end
  if ask.can(client, 'rendered') then
    command('KdslRendered', function() require('kdsl.rendered').show(client, buffer) end, { desc = 'Show the YAML that this file builds' })
  end
  if ask.can(client, 'why') then
    command('KdslWhy', function() require('kdsl.why').show(client, buffer) end, { desc = 'Show where the value at the cursor comes from' })
  end
  local provider = client.server_capabilities.executeCommandProvider
  if type(provider) == 'table' and vim.tbl_contains(provider.commands, 'kdsl.server.runTests') then
    local tests = require('kdsl.tests')
    command('KdslTest', function(call) tests.run(client, buffer, call.bang) end, { bang = true, desc = 'Run the test at the cursor, with ! all of the file' })
    tests.forget_on_change(buffer)
  end
end

return M
