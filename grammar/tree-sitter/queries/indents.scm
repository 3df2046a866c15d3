[
  (body)
  (record_type)
  (one_of)
  (list)
  (match)
  (arguments)
  (parameters)
  (parenthesized)
] @indent.begin

["}" "]" ")"] @indent.branch @indent.end

(string) @indent.ignore
(raw_string) @indent.ignore
(comment) @indent.auto
