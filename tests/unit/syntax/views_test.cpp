// The typed views: each accessor gives the part that it names, or says that it is missing.
#include "syntax/views.hpp"

#include <gtest/gtest.h>

#include "text_form.hpp"

namespace kdsl::syntax::test {
namespace {

/// A file whose first item is looked at.
struct Source {
  explicit Source(std::string content) : text(std::move(content)), result(parseText(text)) {}
  Source(const Source&) = delete;

  template <typename V>
  V first() const {
    return childOf<V>(View{&result.tree, result.tree.root()});
  }
  /// The value of the first `let`.
  template <typename V>
  V value() const {
    return as<V>(first<LetDecl>().value());
  }
  template <typename V>
  V typeOfLet() const {
    return as<V>(first<LetDecl>().type());
  }
  std::string word(TokenId token) const { return base::valid(token) ? std::string(result.tree.tokenText(token)) : "none"; }

  std::string text;
  ParseResult result;
};

template <typename Range>
std::string texts(const Range& range) {
  std::string out;
  for (const auto view : range) out += (out.empty() ? "" : " | ") + std::string(view.text());
  return out;
}

TEST(Views, Imports) {
  const Source names("import { A, B as C } from \"./x\"");
  EXPECT_TRUE(names.first<ImportDecl>().selective());
  EXPECT_EQ(texts(names.first<ImportDecl>().names()), "A | B as C");
  EXPECT_EQ((*++names.first<ImportDecl>().names().begin()).alias().text(), "C");
  EXPECT_EQ(names.first<ImportDecl>().path().text(), "\"./x\"");
  EXPECT_FALSE(names.first<ImportDecl>().alias());
  const Source data("private import \"./v.yaml\" as v: Values");
  EXPECT_EQ(data.first<ImportDecl>().alias().text(), "v");
  EXPECT_EQ(data.first<ImportDecl>().type().text(), "Values");
  EXPECT_TRUE(data.first<ImportDecl>().isPrivate());
  EXPECT_FALSE(data.first<ImportDecl>().selective());
  EXPECT_FALSE(data.first<ImportDecl>().name());
}

TEST(Views, Declarations) {
  const Source param("param a: int? = 5 deprecated \"no\"");
  EXPECT_EQ(param.first<ParamDecl>().name().text(), "a");
  EXPECT_EQ(param.first<ParamDecl>().type().text(), "int?");
  EXPECT_EQ(param.first<ParamDecl>().value().text(), "5");
  EXPECT_EQ(param.first<ParamDecl>().deprecated().text().text(), "\"no\"");
  const Source plain("param a: int deprecated \"no\"");
  EXPECT_FALSE(plain.first<ParamDecl>().value());
  const Source type("type E = int where (self > 1) else \"big\"");
  EXPECT_EQ(type.first<TypeDecl>().type().text(), "int");
  EXPECT_EQ(type.first<TypeDecl>().where().condition().text(), "self > 1");
  EXPECT_EQ(type.first<TypeDecl>().message().text(), "\"big\"");
  const Source component("component B extends std.A { a: 1, let b = 2 }");
  EXPECT_EQ(component.first<ComponentDecl>().base().size(), 2u);
  EXPECT_EQ(component.word(component.first<ComponentDecl>().base().word(1)), "A");
  EXPECT_EQ(component.word(component.first<ComponentDecl>().base().word(2)), "none");
  EXPECT_EQ(texts(component.first<ComponentDecl>().body().items()), "a: 1 | let b = 2");
  const Source fn("fn f(x: T, y: U = 1): R = z");
  EXPECT_EQ(texts(fn.first<FnDecl>().params()), "x: T | y: U = 1");
  EXPECT_EQ((*++fn.first<FnDecl>().params().begin()).value().text(), "1");
  EXPECT_EQ(fn.first<FnDecl>().type().text(), "R");
  EXPECT_EQ(fn.first<FnDecl>().value().text(), "z");
  const Source test("test \"t\" { golden \"f\": v }");
  EXPECT_EQ(test.first<TestDecl>().title().text(), "\"t\"");
  const auto golden = as<GoldenEntry>(*test.first<TestDecl>().body().items().begin());
  EXPECT_EQ(golden.file().text(), "\"f\"");
  EXPECT_EQ(golden.value().text(), "v");
  const Source resource("external a: T = b");
  EXPECT_EQ(resource.first<ExternalDecl>().type().text(), "T");
  EXPECT_EQ(resource.first<Decl>().name().text(), "a");
}

TEST(Views, MissingPartsAreErrorsAndOptionalOnesFalse) {
  const Source param("param a:\n");
  EXPECT_TRUE(param.first<ParamDecl>().type().isError());
  EXPECT_FALSE(param.first<ParamDecl>().value());
  const Source let("let = 1\n");
  EXPECT_FALSE(let.first<LetDecl>());
  const Source reserved("let for = 1\n");
  EXPECT_TRUE(reserved.first<LetDecl>().name().isError());
  EXPECT_EQ(reserved.first<LetDecl>().value().text(), "1");
  const Source entry("a:\n");
  EXPECT_TRUE(entry.first<SetEntry>().value().isError());
  EXPECT_FALSE(Expr{}.isError());
  EXPECT_FALSE(SetEntry{}.path());
  EXPECT_FALSE(IfEntry{}.condition());
  EXPECT_TRUE(ListExpr{}.elements().empty());
}

TEST(Views, SetEntries) {
  const Source entry("final a[\"k\", 2]?.b?: append [1]");
  const auto set = entry.first<SetEntry>();
  EXPECT_TRUE(set.isFinal());
  EXPECT_TRUE(set.quiet());
  EXPECT_EQ(set.verb(), Verb::Append);
  EXPECT_EQ(set.value().text(), "[1]");
  EXPECT_EQ(texts(set.path().segments()), "a | [\"k\", 2] | ?.b");
  const auto last = as<PathWord>(childOf<PathSegment>(set.path(), 2));
  EXPECT_TRUE(last.quiet());
  EXPECT_EQ(entry.word(last.word()), "b");
  EXPECT_EQ(texts(as<PathIndex>(childOf<PathSegment>(set.path(), 1)).keys()), "\"k\" | 2");
  EXPECT_FALSE(Source("a?.b: 1").first<SetEntry>().quiet());
  EXPECT_FALSE(Source("final: 1").first<SetEntry>().isFinal());
  EXPECT_EQ(Source("a: 1").first<SetEntry>().verb(), Verb::Set);
  EXPECT_EQ(Source("a: replace 1").first<SetEntry>().verb(), Verb::Replace);
  EXPECT_EQ(Source("a: prepend 1").first<SetEntry>().verb(), Verb::Prepend);
  EXPECT_EQ(Source("a: external").first<SetEntry>().verb(), Verb::External);
  EXPECT_FALSE(Source("a: external").first<SetEntry>().value());
  EXPECT_EQ(Source("a: external.b").first<SetEntry>().verb(), Verb::Set);
  EXPECT_EQ(Source("a: (external)").first<SetEntry>().verb(), Verb::Set);
  EXPECT_FALSE(base::valid(as<PathWord>(childOf<PathSegment>(Source("a.\n").first<SetEntry>().path(), 1)).word()));
}

TEST(Views, OtherEntries) {
  const Source choice("if (c) a: 1 else { b: 2 }");
  EXPECT_EQ(choice.first<IfEntry>().condition().text(), "c");
  EXPECT_EQ(choice.first<IfEntry>().then().text(), "a: 1");
  EXPECT_EQ(choice.first<IfEntry>().otherwise().text(), "{ b: 2 }");
  EXPECT_FALSE(Source("if (c) a: 1").first<IfEntry>().otherwise());
  const Source loop("for (k, v in m if k) { [k]: v }");
  EXPECT_EQ(loop.first<ForEntry>().head().first().text(), "k");
  EXPECT_EQ(loop.first<ForEntry>().head().second().text(), "v");
  EXPECT_EQ(loop.first<ForEntry>().head().collection().text(), "m");
  EXPECT_EQ(loop.first<ForEntry>().head().condition().text(), "k");
  EXPECT_EQ(loop.first<ForEntry>().branch().text(), "{ [k]: v }");
  const Source each("each A | b.C where (x) { y: 1 }");
  EXPECT_EQ(texts(each.first<EachEntry>().types()), "A | b.C");
  EXPECT_EQ(each.first<EachEntry>().where().condition().text(), "x");
  EXPECT_EQ(each.first<EachEntry>().body().text(), "{ y: 1 }");
  EXPECT_FALSE(each.first<EachEntry>().removes());
  EXPECT_TRUE(Source("each A: absent").first<EachEntry>().removes());
  const Source check("final warn n: a else \"m\"");
  EXPECT_TRUE(check.first<CheckEntry>().isFinal());
  EXPECT_TRUE(check.first<CheckEntry>().isWarning());
  EXPECT_EQ(check.first<CheckEntry>().name().text(), "n");
  EXPECT_EQ(check.first<CheckEntry>().condition().text(), "a");
  EXPECT_EQ(check.first<CheckEntry>().message().text(), "\"m\"");
  const Source text("check \"a\" == b");
  EXPECT_FALSE(text.first<CheckEntry>().name());
  EXPECT_FALSE(text.first<CheckEntry>().message());
  const Source waive("waive A.b because \"c\"");
  EXPECT_EQ(waive.first<WaiveEntry>().name().text(), "A.b");
  EXPECT_EQ(waive.first<WaiveEntry>().reason().text(), "\"c\"");
}

TEST(Views, Schemas) {
  const Source schema("schema S { \"a b\": int = 1, oneof? { c: T }, [K]: V, d: U }");
  const auto body = schema.first<SchemaDecl>().body();
  EXPECT_EQ(texts(body.members()), "\"a b\": int = 1 | oneof? { c: T } | [K]: V | d: U");
  const auto field = childOf<Field>(body);
  EXPECT_EQ(field.key().text(), "\"a b\"");
  EXPECT_EQ(field.type().text(), "int");
  EXPECT_EQ(field.value().text(), "1");
  EXPECT_FALSE(childOf<Field>(body, 1).value());
  EXPECT_TRUE(childOf<OneOf>(body).optional());
  EXPECT_EQ(texts(childOf<OneOf>(body).fields()), "c: T");
  EXPECT_EQ(childOf<IndexSignature>(body).key().text(), "K");
  EXPECT_EQ(childOf<IndexSignature>(body).value().text(), "V");
}

TEST(Views, Types) {
  const Source bounded("let x: int(1..5, ..-2, r\"a\") = y");
  EXPECT_EQ(bounded.typeOfLet<BoundedType>().inner().text(), "int");
  EXPECT_EQ(texts(bounded.typeOfLet<BoundedType>().ranges()), "1..5 | ..-2");
  const auto second = childOf<RangeBound>(bounded.typeOfLet<BoundedType>(), 1);
  EXPECT_FALSE(second.lower());
  EXPECT_TRUE(second.upper().negative());
  EXPECT_EQ(bounded.word(second.upper().token()), "2");
  EXPECT_EQ(texts(bounded.typeOfLet<BoundedType>().patterns()), "r\"a\"");
  const Source open("let x: int(1..) = y");
  EXPECT_EQ((*open.typeOfLet<BoundedType>().ranges().begin()).lower().text(), "1");
  EXPECT_FALSE((*open.typeOfLet<BoundedType>().ranges().begin()).upper());
  const Source keyed("let x: [T] by (a, b) = y");
  EXPECT_EQ(texts(keyed.typeOfLet<KeyedListType>().keys()), "a | b");
  EXPECT_EQ(keyed.typeOfLet<KeyedListType>().inner().text(), "[T]");
  const Source unions("let x: \"a\" | ref T | null = y");
  EXPECT_EQ(texts(unions.typeOfLet<UnionType>().branches()), "\"a\" | ref T | null");
  EXPECT_EQ(childOf<LiteralType>(unions.typeOfLet<UnionType>()).string().text(), "\"a\"");
  EXPECT_EQ(childOf<RefType>(unions.typeOfLet<UnionType>()).name().text(), "T");
}

TEST(Views, Expressions) {
  const Source binary("let x = (a) ?? b");
  EXPECT_EQ(binary.value<BinaryExpr>().op(), TokenKind::QuestionQuestion);
  EXPECT_EQ(binary.value<BinaryExpr>().left().text(), "(a)");
  EXPECT_EQ(binary.value<BinaryExpr>().right().text(), "b");
  EXPECT_EQ(Source("let x = -a").value<UnaryExpr>().op(), TokenKind::Minus);
  const Source is("let x = a is int?");
  EXPECT_EQ(is.value<IsExpr>().value().text(), "a");
  EXPECT_EQ(is.value<IsExpr>().type().text(), "int?");
  const Source field("let x = a?.for");
  EXPECT_TRUE(field.value<FieldExpr>().quiet());
  EXPECT_EQ(field.word(field.value<FieldExpr>().word()), "for");
  EXPECT_EQ(Source("let x = a.\n").word(Source("let x = a.\n").value<FieldExpr>().word()), "none");
  const Source method("let x = a.f(1, b: 2)");
  EXPECT_EQ(method.word(method.value<MethodExpr>().word()), "f");
  EXPECT_EQ(texts(method.value<MethodExpr>().args().args()), "1 | b: 2");
  EXPECT_EQ(childOf<Arg>(method.value<MethodExpr>().args(), 1).name().text(), "b");
  EXPECT_FALSE(childOf<Arg>(method.value<MethodExpr>().args()).name());
  const Source index("let x = a[b, c]");
  EXPECT_EQ(index.value<IndexExpr>().keyCount(), 2u);
  EXPECT_EQ(index.value<IndexExpr>().key(1).text(), "c");
  const Source call("let x = f(1)");
  EXPECT_EQ(call.value<CallExpr>().callee().text(), "f");
  const Source refine("let x = A { b: 1 }");
  EXPECT_EQ(refine.value<RefineExpr>().receiver().text(), "A");
  EXPECT_EQ(refine.value<RefineExpr>().body().text(), "{ b: 1 }");
  const Source lambda("let x = (a, b: T) => c");
  EXPECT_EQ(texts(lambda.value<LambdaExpr>().params()), "a | b: T");
  EXPECT_EQ(childOf<LambdaParam>(lambda.value<LambdaExpr>(), 1).type().text(), "T");
  EXPECT_EQ(lambda.value<LambdaExpr>().body().text(), "c");
  const Source choice("let x = if (a) b else c");
  EXPECT_EQ(choice.value<IfExpr>().condition().text(), "a");
  EXPECT_EQ(choice.value<IfExpr>().then().text(), "b");
  EXPECT_EQ(choice.value<IfExpr>().otherwise().text(), "c");
  const Source match("let x = match (a) { T => b, _ => c }");
  EXPECT_EQ(match.value<MatchExpr>().subject().text(), "a");
  EXPECT_EQ(childOf<MatchArm>(match.value<MatchExpr>()).pattern().text(), "T");
  EXPECT_TRUE(childOf<MatchArm>(match.value<MatchExpr>(), 1).wildcard());
  EXPECT_EQ(childOf<MatchArm>(match.value<MatchExpr>(), 1).value().text(), "c");
  const Source let("let x = let (a = 1, b = 2) c");
  EXPECT_EQ(texts(let.value<LetExpr>().bindings()), "a = 1 | b = 2");
  EXPECT_EQ(let.value<LetExpr>().body().text(), "c");
  const Source list("let x = [a, if (b) c else ...d, for (e in f) g]");
  EXPECT_EQ(texts(list.value<ListExpr>().elements()), "a | if (b) c else ...d | for (e in f) g");
  const auto element = childOf<IfElem>(list.value<ListExpr>());
  EXPECT_EQ(element.then().text(), "c");
  EXPECT_EQ(as<SpreadElem>(element.otherwise()).value().text(), "d");
  EXPECT_EQ(childOf<ForElem>(list.value<ListExpr>()).body().text(), "g");
  const Source text("let x = \"a${b}\"");
  EXPECT_EQ(childOf<Interpolation>(text.value<StringExpr>()).expr().text(), "b");
  EXPECT_FALSE(text.value<StringExpr>().multiLine());
}

}  // namespace
}  // namespace kdsl::syntax::test
