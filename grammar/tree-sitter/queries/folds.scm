[
  (body)
  (record_type)
  (one_of)
  (list)
  (match)
  (arguments)
  (string)
  (raw_string)
] @fold
