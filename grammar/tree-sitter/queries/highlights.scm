; Names as tree-sitter's own highlighter and Neovim have them. Of several patterns that fit a node, the last one counts.

; ---- Names ----

(identifier) @variable
(key) @property
(method) @function.method
(call function: (identifier) @function.call)

((identifier) @type
  (#match? @type "^[A-Z]"))
(qualified_name (identifier) @type)
(named_type (qualified_name (identifier) @type.builtin)
  (#any-of? @type.builtin "any" "bool" "float" "int" "string"))
(waive (qualified_name (identifier) @property))

(import_name name: (identifier) @variable)
(param name: (identifier) @variable.parameter)
(parameter name: (identifier) @variable.parameter)
(lambda_parameter name: (identifier) @variable.parameter)
(argument name: (identifier) @variable.parameter)
(function name: (identifier) @function)
(schema name: (identifier) @type.definition)
(component name: (identifier) @type.definition)
(policy name: (identifier) @type.definition)
(type_alias name: (identifier) @type.definition)
(check name: (identifier) @label)
(short_entry (identifier) @property)
(field name: (key) @property)
(keyed_list_type key: (identifier) @property)

; ---- Words ----

["import" "from" "as"] @keyword.import
["param" "let" "resource" "type" "schema" "component" "policy" "test" "oneof"] @keyword
"fn" @keyword.function
["private" "final" "replace" "append" "prepend" "deprecated" "ref" "by" "set"] @keyword.modifier
["if" "else" "match"] @keyword.conditional
"for" @keyword.repeat
["in" "is"] @keyword.operator
["check" "warn" "waive" "because" "golden" "each" "where" "extends" "external"] @keyword
(external_value) @keyword
(extends_clause "extends" @keyword.import)

[(true) (false) "true" "false"] @boolean
[(null) (absent) "null" "absent"] @constant.builtin
[(self) (super)] @variable.builtin

; ---- Literals ----

(number) @number
[(string) (raw_string)] @string
[(text_begin) (text) (text_end)] @string
(escape) @string.escape
(interpolation) @none
(interpolation ["${" "}"] @punctuation.special)

(comment) @comment
(documentation) @comment.documentation

; ---- Signs ----

["=" "=>" "==" "!=" "<" "<=" ">" ">=" "&&" "||" "!" "??" "+" "-" "*" "/" "%" "|" ".." "..." "?"] @operator
["." "?." "," ":"] @punctuation.delimiter
["(" ")" "[" "]" "{" "}"] @punctuation.bracket
(interpolation ["${" "}"] @punctuation.special)
