import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { IGrammar } from "vscode-textmate";
import { classOf, loadGrammar, tokenize } from "./grammar";

let grammar: IGrammar;
before(async () => {
  grammar = await loadGrammar();
});

/** The texts of a class in a program, joined where they touch. */
function of(kind: string, source: string): string[] {
  const found: string[] = [];
  let last = { line: -1, end: -1 };
  for (const token of tokenize(grammar, source)) {
    if (classOf(token.scopes) !== kind) continue;
    const text = token.text.trim();
    if (text === "") continue;
    if (token.line === last.line && token.begin === last.end) found[found.length - 1] += token.text;
    else found.push(text);
    last = { line: token.line, end: token.end };
  }
  return found;
}

function scopesOf(source: string, text: string): string {
  const token = tokenize(grammar, source).find((one) => one.text.trim() === text);
  assert.ok(token, `no token ${text}`);
  return token.scopes.at(-1) ?? "";
}

test("words are keywords where their construct begins", () => {
  assert.deepEqual(of("keyword", "param tag: string"), ["param"]);
  assert.deepEqual(of("keyword", "private fn f(a: int): int = a"), ["private", "fn"]);
  assert.deepEqual(of("keyword", "component A extends B { check c: a else \"x\" }"), ["component", "extends", "check", "else"]);
  assert.deepEqual(of("keyword", "import { a as b } from \"./c\""), ["import", "as", "from"]);
  assert.deepEqual(of("keyword", "import \"./c\" as d"), ["import", "as"]);
  assert.deepEqual(of("keyword", "type T = [ref Web] by name"), ["type", "ref", "by"]);
  assert.deepEqual(of("keyword", "each Container where (self.a?) {"), ["each", "where", "self"]);
  assert.deepEqual(of("keyword", "oneof? { a: int, b: int deprecated \"no\" }"), ["oneof", "deprecated"]);
  assert.deepEqual(of("keyword", "if (a) check b else check c"), ["if", "check", "else", "check"]);
});

test("words are names elsewhere", () => {
  for (const line of [
    "type: 1",
    "  for: 5m",
    "resource.name: \"cpu\"",
    "self.x: 1",
    "{ type }",
    "a.if.let: 2",
    "check: 1",
    "check.x: 1",
    "x: f(check)",
    "a: web.set(1)",
    "fn2(test: 1)",
    "check?: 1",
  ])
    assert.deepEqual(of("keyword", line), [], line);
  assert.deepEqual(of("keyword", "fn f(type: string) = type"), ["fn"]);
});

test("texts end where the compiler ends them", () => {
  assert.deepEqual(of("string", 'a: "x${y + "z${w}"}v" + u'), ['"x', '"z', '"', 'v"']);
  assert.deepEqual(of("string", 'a: "x${ { b: 1 }.b }v"'), ['"x', 'v"']);
  assert.deepEqual(of("string", 'a: "open\nb: 1'), ['"open']);
  assert.deepEqual(of("string", 'a: "open ${ b\nc: "d"'), ['"open ', '"d"']);
  assert.deepEqual(of("string", 'a: """\n  one " two\n  """ + b'), ['"""', 'one " two', '"""']);
  assert.deepEqual(of("string", 'a: r"\\d${x}" + b'), ['r"\\d${x}"']);
  assert.deepEqual(of("string", 'a: r"""\n\\""\n""" + b'), ['r"""', '\\""', '"""']);
  assert.deepEqual(of("string", 'a: "\\"b" + c'), ['"\\"b"']);
});

test("numbers with their units are one token", () => {
  assert.deepEqual(of("number", "a: 1.5Gi + 1h30m + 0o644 + 1e-3 + 1_000 - x2"), ["1.5Gi", "1h30m", "0o644", "1e-3", "1_000"]);
  assert.deepEqual(of("number", "type P = int(1..65535)"), ["1", "65535"]);
});

test("comments reach to the line's end, and are none in texts", () => {
  assert.deepEqual(of("comment", 'a: "http://x" // b "c"'), ['// b "c"']);
  assert.equal(scopesOf("/// what", "/// what"), "comment.line.documentation.kdsl");
});

test("names have the scopes that themes colour", () => {
  assert.equal(scopesOf("resource web = Deployment {", "web"), "variable.other.definition.kdsl");
  assert.equal(scopesOf("resource web = Deployment {", "Deployment"), "entity.name.type.kdsl");
  assert.equal(scopesOf("a: range(1)", "range"), "entity.name.function.kdsl");
  assert.equal(scopesOf("a: b.c", "c"), "variable.other.property.kdsl");
  assert.equal(scopesOf("a: b.map(c)", "map"), "entity.name.function.member.kdsl");
  assert.equal(scopesOf("a: int", "int"), "support.type.primitive.kdsl");
  assert.equal(scopesOf("a: \"\\q\"", "\\q"), "invalid.illegal.escape.kdsl");
});
