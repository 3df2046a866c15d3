[
  (body)
  (record_type)
  (one_of)
  (list)
  (match)
  (arguments)
  (parameters)
  (parenthesized)
] @indent

["}" "]" ")"] @outdent
