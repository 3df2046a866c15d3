; With Helix' names. Of several patterns that fit a node, the last one counts.

; ---- Names ----

(identifier) @variable
(key) @variable.other.member
(method) @function.method
(call function: (identifier) @function)

((identifier) @type
  (#match? @type "^[A-Z]"))
(qualified_name (identifier) @type)
((named_type (qualified_name (identifier) @type.builtin))
  (#any-of? @type.builtin "any" "bool" "float" "int" "string"))
(waive (qualified_name (identifier) @variable.other.member))

(param name: (identifier) @variable.parameter)
(parameter name: (identifier) @variable.parameter)
(lambda_parameter name: (identifier) @variable.parameter)
(argument name: (identifier) @variable.parameter)
(function name: (identifier) @function)
(schema name: (identifier) @type)
(component name: (identifier) @type)
(policy name: (identifier) @type)
(type_alias name: (identifier) @type)
(check name: (identifier) @label)
(short_entry (identifier) @variable.other.member)
(keyed_list_type key: (identifier) @variable.other.member)

; ---- Words ----

["import" "from" "as"] @keyword.control.import
(extends_clause "extends" @keyword.control.import)
["param" "let" "resource" "type" "schema" "component" "policy" "test" "oneof"] @keyword.storage.type
"fn" @keyword.function
["private" "final" "replace" "append" "prepend" "deprecated" "ref" "by" "set"] @keyword.storage.modifier
["if" "else" "match"] @keyword.control.conditional
"for" @keyword.control.repeat
["in" "is"] @keyword.operator
["check" "warn" "waive" "because" "golden" "each" "where" "external"] @keyword.control
(component "extends" @keyword.storage.modifier)
(schema "extends" @keyword.storage.modifier)
(external_value) @keyword.control

[(true) (false) "true" "false"] @constant.builtin.boolean
[(null) (absent) "null" "absent"] @constant.builtin
[(self) (super)] @variable.builtin

; ---- Literals ----

(number) @constant.numeric
[(string) (raw_string)] @string
[(text_begin) (text) (text_end)] @string
(escape) @constant.character.escape
(interpolation ["${" "}"] @punctuation.special)

(comment) @comment.line
(documentation) @comment.line.documentation

; ---- Signs ----

["=" "=>" "==" "!=" "<" "<=" ">" ">=" "&&" "||" "!" "??" "+" "-" "*" "/" "%" "|" ".." "..." "?"] @operator
["." "?." "," ":"] @punctuation.delimiter
["(" ")" "[" "]" "{" "}"] @punctuation.bracket
