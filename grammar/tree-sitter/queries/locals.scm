[
  (file)
  (component)
  (policy)
  (test)
  (function)
  (lambda)
  (for_entry)
  (for_element)
  (let_expression)
] @local.scope

(param name: (identifier) @local.definition.parameter)
(let name: (identifier) @local.definition.var)
(resource name: (identifier) @local.definition.var)
(external name: (identifier) @local.definition.var)
(function name: (identifier) @local.definition.function)
(type_alias name: (identifier) @local.definition.type)
(schema name: (identifier) @local.definition.type)
(component name: (identifier) @local.definition.type)
(policy name: (identifier) @local.definition.type)
(import_name alias: (identifier) @local.definition.import)
(import name: (identifier) @local.definition.namespace)
(parameter name: (identifier) @local.definition.parameter)
(lambda_parameter name: (identifier) @local.definition.parameter)
(for_head name: (identifier) @local.definition.var)
(binding name: (identifier) @local.definition.var)

(identifier) @local.reference
