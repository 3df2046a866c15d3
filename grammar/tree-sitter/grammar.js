// The grammar of kdsl for tree-sitter: for editors, which want a tree of any text at once. ../kdsl.md is the language's definition.
//
// It accepts a little more than the compiler does (a field's bounds, where `for` may stand), and never decides a token's role differently.
// Line ends, brackets and texts are told apart by src/scanner.c, by the rules of the compiler's lexer.

const CONTEXTUAL = [
  "as", "because", "by", "check", "component", "deprecated", "each", "extends", "external", "fn", "from", "golden", "import", "oneof",
  "param", "policy", "private", "ref", "resource", "schema", "set", "test", "type", "waive", "warn", "where",
];
const RESERVED = [
  "absent", "append", "else", "false", "final", "for", "if", "in", "is", "let", "match", "null", "prepend", "replace", "self", "super", "true",
];

// How tightly operators bind.
const BINDS = { lambda: 0, or: 1, and: 2, compare: 3, default: 4, add: 5, multiply: 6, unary: 7, suffix: 8 };

const commas = (rule) => seq(rule, repeat(seq(",", rule)));
/** In parentheses. */
const arguments_ = (rule) => optional(seq(commas(rule), optional(",")));
/** In braces and brackets: line ends and commas separate. */
const list = ($, rule) => seq(optional($._separator), optional(seq(rule, repeat(seq($._separator, rule)), optional($._separator))));
/** Signs behind which a line may end. */
const open = ($, ...signs) => seq(signs.length === 1 ? signs[0] : choice(...signs), optional($._operand_follows));

module.exports = grammar({
  name: "kdsl",
  word: ($) => $.identifier,
  externals: ($) => [
    $._newline,
    "{", "}", "[", "]", "(", ")",
    $.text_begin,
    $.text,
    $.escape,
    $._interpolation_begin,
    $._interpolation_end,
    $.text_end,
    // Never made. Where it may stand, the line before does not end the construct.
    $._operand_follows,
    // Before a `[` that a blank parts from the word before: of no width.
    $._list_follows,
    // Never made. Valid only while the parser recovers from a mistake.
    $._recovering,
  ],
  extras: ($) => [/\s/, $.comment, $.documentation],
  supertypes: ($) => [$._expression, $._type, $._item],
  inline: ($) => [$._branch, $._element],
  conflicts: ($) => [
    // `(a)` may be followed by `=>`.
    [$._name_expression, $.lambda_parameter],
    // An `else` before a text is the check's, any other is that of the `if` around it.
    [$.check],
    [$.type_alias],
  ],

  rules: {
    file: ($) => list($, $._item),

    comment: () => token(seq("//", /[^\r\n]*/)),
    documentation: () => token(prec(1, seq("///", /[^\r\n]*/))),
    _separator: ($) => prec.right(repeat1(choice($._newline, ","))),

    // Words. What is a keyword elsewhere is an `identifier` where it is a name or a key.
    identifier: () => /[A-Za-z_][A-Za-z0-9_]*/,
    // `check[` is a key, `check [` a check.
    _name: ($) => choice($.identifier, ...CONTEXTUAL.map((word) => prec(["check", "warn"].includes(word) ? 1 : 0, alias(word, $.identifier)))),
    // `final [` marks a computed key.
    _word: ($) => choice($._name, ...RESERVED.map((word) => prec(word === "final" ? -1 : 0, alias(word, $.identifier)))),
    qualified_name: ($) => prec.left(seq($._name, repeat(seq(".", $._name)))),

    // Signs behind which a line may end. Rules of their own, so that each of them is in the parser's table once.
    _or: ($) => open($, "||"),
    _and: ($) => open($, "&&"),
    _compare: ($) => open($, "==", "!=", "<", "<=", ">", ">=", "in"),
    _default: ($) => open($, "??"),
    _add: ($) => open($, "+", "-"),
    _multiply: ($) => open($, "*", "/", "%"),
    _is: ($) => open($, "is"),
    _in: ($) => open($, "in"),
    _arrow: ($) => open($, "=>"),
    _pipe: ($) => open($, "|"),
    _ellipsis: ($) => open($, "..."),

    // ---- Declarations ----

    _item: ($) =>
      choice(
        $.extends_clause, $.import, $.param, $.let, $.resource, $.external, $.type_alias, $.schema, $.component, $.function, $.policy, $.test,
        $.if_entry, $.for_entry, $.each_entry, $.check, $.waive, $.golden, $.spread, $.entry, $.short_entry,
      ),

    extends_clause: ($) => seq("extends", field("file", $.string)),
    import: ($) =>
      seq(
        optional("private"), "import",
        optional(seq("{", list($, $.import_name), "}", "from")),
        field("file", $.string),
        optional(seq("as", field("name", $._name), optional($._annotation))),
      ),
    import_name: ($) => seq(field("name", $._name), optional(seq("as", field("alias", $._name)))),
    _annotation: ($) => seq(":", field("type", $._type)),
    _definition: ($) => seq("=", field("value", $._expression)),
    param: ($) => seq(optional("private"), "param", field("name", $._name), $._annotation, optional($._definition), optional($.deprecated)),
    let: ($) => seq(optional("private"), "let", field("name", $._name), optional($._annotation), $._definition),
    resource: ($) => seq(optional("private"), "resource", field("name", $._name), optional($._annotation), $._definition),
    external: ($) => seq(optional("private"), "external", field("name", $._name), optional($._annotation), $._definition),
    type_alias: ($) =>
      seq(optional("private"), "type", field("name", $._name), "=", field("type", $._type), optional(seq($.where, optional(seq("else", $.string))))),
    schema: ($) => seq(optional("private"), "schema", field("name", $._name), optional($._extends), field("body", $.record_type)),
    component: ($) => seq(optional("private"), "component", field("name", $._name), optional($._extends), field("body", $.body)),
    _extends: ($) => seq("extends", field("extends", $.qualified_name)),
    function: ($) =>
      seq(
        optional("private"), "fn", field("name", $._name), field("parameters", $.parameters), optional($._annotation), $._definition,
      ),
    parameters: ($) => seq("(", arguments_($.parameter), ")"),
    parameter: ($) => seq(field("name", $._name), $._annotation, optional($._definition)),
    policy: ($) => seq(optional("private"), "policy", field("name", $._name), field("body", $.body)),
    test: ($) => seq(optional("private"), "test", field("name", $.string), field("body", $.body)),
    deprecated: ($) => seq("deprecated", $.string),
    where: ($) => seq("where", $._condition),
    _condition: ($) => seq("(", field("condition", $._expression), ")"),

    // ---- Entries ----

    body: ($) => seq("{", list($, $._item), "}"),
    _branch: ($) => choice($.body, $._item),
    if_entry: ($) => prec.right(seq("if", $._condition, optional($._newline), $._branch, optional(seq("else", $._branch)))),
    for_entry: ($) => seq("for", $.for_head, optional($._newline), $._branch),
    for_head: ($) =>
      seq("(", commas(field("name", $._name)), $._in, field("in", $._expression), optional(seq("if", field("condition", $._expression))), ")"),
    each_entry: ($) =>
      seq("each", $.qualified_name, repeat(seq($._pipe, $.qualified_name)), optional($.where), choice($.body, seq(":", "absent"))),
    check: ($) =>
      seq(
        optional("final"), choice("check", "warn"), optional($._list_follows),
        optional(seq(field("name", $._name), ":")),
        field("condition", $._expression),
        optional(seq("else", field("message", $.string))),
      ),
    waive: ($) => seq("waive", $.qualified_name, "because", $._expression),
    golden: ($) => seq("golden", $.string, ":", $._expression),
    spread: ($) => seq($._ellipsis, $._expression),
    entry: ($) =>
      seq(
        optional("final"), field("key", $.path), optional("?"), ":",
        choice($.external_value, seq(optional(choice("replace", "append", "prepend")), field("value", $._expression))),
      ),
    external_value: () => prec(1, "external"),
    short_entry: ($) => $._name,
    path: ($) =>
      prec(1, seq(choice($._key, $.string, $.index), repeat(choice(seq(choice(".", "?."), $._key), $.index)))),
    _key: ($) => alias($._word, $.key),
    index: ($) => seq("[", optional($._newline), commas($._expression), optional($._newline), "]"),

    // ---- Types ----

    _type: ($) => choice($.union_type, $._single_type),
    union_type: ($) =>
      prec.left(choice(seq($._pipe, $._single_type, repeat(seq($._pipe, $._single_type))), seq($._single_type, repeat1(seq($._pipe, $._single_type))))),
    _single_type: ($) =>
      choice(
        $.optional_type, $.bounded_type, $.keyed_list_type, $.set_type, $.ref_type, $.named_type, $.literal_type, $.list_type, $.record_type,
        $.parenthesized_type,
      ),
    optional_type: ($) => prec(BINDS.suffix, seq($._single_type, "?")),
    bounded_type: ($) => prec(BINDS.suffix, seq($._single_type, "(", commas($._bound), ")")),
    keyed_list_type: ($) => prec(BINDS.suffix, seq($._single_type, "by", choice(field("key", $._name), seq("(", commas(field("key", $._name)), ")")))),
    set_type: ($) => prec(BINDS.suffix, seq($._single_type, "set")),
    ref_type: ($) => prec(1, seq("ref", $.qualified_name)),
    named_type: ($) => $.qualified_name,
    literal_type: ($) => choice($.string, seq(optional("-"), $.number), "true", "false", "null", "absent"),
    list_type: ($) => seq("[", optional($._newline), $._type, optional($._newline), "]"),
    parenthesized_type: ($) => seq("(", $._type, ")"),
    _bound: ($) => choice($.range, $.string, $.raw_string),
    range: ($) => seq(optional(seq(optional("-"), $.number)), "..", optional(seq(optional("-"), $.number))),
    record_type: ($) => seq("{", list($, choice($.field, $.one_of, $.index_signature, $.let, $.check)), "}"),
    field: ($) => seq(field("name", choice($._key, $.string)), $._annotation, optional(choice($._definition, $._read_default)), optional($.deprecated)),
    _read_default: ($) => seq($._default, field("value", $._expression)),
    one_of: ($) => seq("oneof", optional("?"), "{", list($, $.field), "}"),
    index_signature: ($) => seq("[", $._type, "]", ":", $._type),

    // ---- Expressions ----

    _expression: ($) =>
      choice(
        $.lambda, $.if_expression, $.match, $.let_expression, $.binary, $.is, $.unary, $.member, $.method_call, $.index_expression, $.call, $.refine,
        $.presence, $._name_expression, $.number, $.string, $.raw_string, $.true, $.false, $.null, $.absent, $.self, $.super,
        $.parenthesized, $.list, $.body,
      ),
    _name_expression: ($) => $._name,
    true: () => "true",
    false: () => "false",
    null: () => "null",
    absent: () => "absent",
    self: () => "self",
    super: () => "super",
    parenthesized: ($) => seq("(", $._expression, ")"),

    lambda: ($) =>
      prec.right(BINDS.lambda, seq(choice(alias($._bare_parameter, $.lambda_parameter), seq("(", arguments_($.lambda_parameter), ")")), $._arrow, field("value", $._expression))),
    _bare_parameter: ($) => field("name", $._name),
    lambda_parameter: ($) => seq(field("name", $._name), optional($._annotation)),

    if_expression: ($) =>
      prec.right(
        BINDS.lambda,
        seq("if", $._condition, optional($._newline), field("then", $._element), optional(seq("else", field("else", $._element)))),
      ),
    match: ($) => seq("match", "(", field("value", $._expression), ")", "{", list($, $.match_arm), "}"),
    match_arm: ($) => seq(field("pattern", $._type), $._arrow, field("value", $._expression)),
    let_expression: ($) => prec.right(BINDS.lambda, seq("let", "(", arguments_($.binding), ")", optional($._newline), field("value", $._expression))),
    binding: ($) => seq(field("name", $._name), "=", field("value", $._expression)),

    binary: ($) => {
      const binary = (rule, binds, sign) => rule(binds, seq(field("left", $._expression), sign, field("right", $._expression)));
      return choice(
        binary(prec.left, BINDS.or, $._or),
        binary(prec.left, BINDS.and, $._and),
        binary(prec.left, BINDS.compare, $._compare),
        binary(prec.right, BINDS.default, $._default),
        binary(prec.left, BINDS.add, $._add),
        binary(prec.left, BINDS.multiply, $._multiply),
      );
    },
    is: ($) => prec.left(BINDS.compare, seq($._expression, $._is, $._single_type)),
    unary: ($) => prec(BINDS.unary, seq(choice("!", "-"), $._expression)),

    member: ($) => prec(BINDS.suffix, seq($._expression, choice(".", "?."), field("name", $._key))),
    method_call: ($) => prec(BINDS.suffix, seq($._expression, choice(".", "?."), field("name", alias($._word, $.method)), $.arguments)),
    index_expression: ($) => prec(BINDS.suffix, seq($._expression, $.index)),
    call: ($) => prec(BINDS.suffix, seq(field("function", $._expression), $.arguments)),
    arguments: ($) => seq("(", arguments_($.argument), ")"),
    argument: ($) => choice(seq(field("name", $._name), ":", $._expression), $._expression),
    refine: ($) => prec(BINDS.suffix, seq($._expression, $.body)),
    presence: ($) => prec(BINDS.suffix, seq($._expression, "?")),

    list: ($) => seq("[", list($, $._element), "]"),
    _element: ($) => choice($._expression, $.for_element, $.spread),
    for_element: ($) => prec.right(seq("for", $.for_head, optional($._newline), $._element)),

    // ---- Literals ----

    number: () => /[0-9]([0-9_]|\.[0-9])*([eE][+-][0-9])?([A-Za-z0-9_]|\.[0-9])*/,
    string: ($) => seq($.text_begin, repeat(choice($.text, $.escape, $.interpolation)), $.text_end),
    interpolation: ($) => seq(alias($._interpolation_begin, "${"), $._expression, alias($._interpolation_end, "}")),
    raw_string: () => token(choice(/r"[^"\r\n]*"?/, /r"""([^"]|"[^"]|""[^"])*(""")?/)),
  },
});
