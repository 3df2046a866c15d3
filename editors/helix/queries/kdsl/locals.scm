[(file) (component) (policy) (test) (function) (lambda) (for_entry) (for_element) (let_expression)] @local.scope

(parameter name: (identifier) @local.definition.variable.parameter)
(lambda_parameter name: (identifier) @local.definition.variable.parameter)
(for_head name: (identifier) @local.definition.variable)
(binding name: (identifier) @local.definition.variable)

(identifier) @local.reference
