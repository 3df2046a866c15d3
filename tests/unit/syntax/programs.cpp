#include "programs.hpp"

namespace kdsl::syntax::test {

std::span<const Program> programs() {
  static constexpr Program all[] = {
      {R"k(import "std/app")k", "ImportDecl(StringExpr)"},
      {R"k(import "std/app" as a)k", "ImportDecl(StringExpr Name)"},
      {R"k(import { WebService, Worker as W } from "std/app")k", "ImportDecl(ImportName(Name) ImportName(Name Name) StringExpr)"},
      {R"k(import {
  A
  B as C
} from "./x")k", "ImportDecl(ImportName(Name) ImportName(Name Name) StringExpr)"},
      {R"k(import "./values.yaml" as values: Values)k", "ImportDecl(StringExpr Name NamedType)"},
      {R"k(private import "./x")k", "ImportDecl(StringExpr)"},
      {R"k(param env: "dev" | "staging" | "prod" = "dev")k",
       "ParamDecl(Name UnionType(LiteralType(StringExpr) LiteralType(StringExpr) LiteralType(StringExpr)) StringExpr)"},
      {R"k(param tag: string)k", "ParamDecl(Name NamedType)"},
      {R"k(param old: int? deprecated "use `new`")k", "ParamDecl(Name OptionalType(NamedType) Deprecated(StringExpr))"},
      {R"k(param env: {[EnvName]: EnvValue} = {})k", "ParamDecl(Name RecordType(IndexSignature(NamedType NamedType)) Body)"},
      {R"k(let x = 1)k", "LetDecl(Name NumberExpr)"},
      {R"k(let x: int = 1)k", "LetDecl(Name NamedType NumberExpr)"},
      {R"k(private let x = y)k", "LetDecl(Name NameExpr)"},
      {R"k(resource db = Postgres { name: "db", storage: 20Gi })k",
       "ResourceDecl(Name RefineExpr(NameExpr Body(SetEntry(Path StringExpr) SetEntry(Path NumberExpr))))"},
      {R"k(resource ingress = if (host?) Ingress { a: 1 })k",
       "ResourceDecl(Name IfExpr(PresenceExpr(NameExpr) RefineExpr(NameExpr Body(SetEntry(Path NumberExpr)))))"},
      {R"k(resource web: Deployment? = x)k", "ResourceDecl(Name OptionalType(NamedType) NameExpr)"},
      {R"k(private resource web = x)k", "ResourceDecl(Name NameExpr)"},
      {R"k(external tls = Secret { metadata.name: "shop-tls" })k", "ExternalDecl(Name RefineExpr(NameExpr Body(SetEntry(Path StringExpr))))"},
      {R"k(type Port = int(1..65535))k", "TypeDecl(Name BoundedType(NamedType RangeBound(LiteralType LiteralType)))"},
      {R"k(type Even = int where (self % 2 == 0) else "must be even")k",
       "TypeDecl(Name NamedType Where(BinaryExpr(BinaryExpr(SelfExpr NumberExpr) NumberExpr)) StringExpr)"},
      {R"k(type Even = int where (self > 1))k", "TypeDecl(Name NamedType Where(BinaryExpr(SelfExpr NumberExpr)))"},
      {R"k(schema Probe { path: UrlPath = "/", port: Port, oneof? { http: Http, tcp: Tcp } })k",
       "SchemaDecl(Name RecordType(Field(Name NamedType StringExpr) Field(Name NamedType) OneOf(Field(Name NamedType) Field(Name NamedType))))"},
      {R"k(schema A extends b.C { oneof { a: int, b: string } })k",
       "SchemaDecl(Name RecordType(OneOf(Field(Name NamedType) Field(Name NamedType))))"},
      {R"k(schema Open { a: int, [string]: any, let twice = a * 2, check positive: a > 0 else "no", warn a < 9 })k",
       "SchemaDecl(Name RecordType(Field(Name NamedType) IndexSignature(NamedType NamedType) LetDecl(Name BinaryExpr(NameExpr NumberExpr)) CheckEntry(Name BinaryExpr(NameExpr NumberExpr) StringExpr) CheckEntry(BinaryExpr(NameExpr NumberExpr))))"},
      {R"k(schema Keys { "a-b": int = 1 deprecated "x", type: string, for: Duration, let: int, oneof: bool, check: bool })k",
       "SchemaDecl(Name RecordType(Field(StringExpr NamedType NumberExpr Deprecated(StringExpr)) Field(Name NamedType) Field(Name NamedType) Field(Name NamedType) Field(Name NamedType) Field(Name NamedType)))"},
      {R"k(component B extends std.A { replicas: 3 })k", "ComponentDecl(Name Body(SetEntry(Path NumberExpr)))"},
      {R"k(component A {
  /// Doc.
  param name: DnsLabel

  let labels = { "app": name }
  check redundant: replicas > 1 || !host? else "two, not ${replicas}"
  resource d = Deployment { metadata: { name, labels } }
})k",
       "ComponentDecl(Name Body(ParamDecl(Name NamedType) LetDecl(Name Body(SetEntry(Path(PathString(StringExpr)) NameExpr))) CheckEntry(Name BinaryExpr(BinaryExpr(NameExpr NumberExpr) UnaryExpr(PresenceExpr(NameExpr))) StringExpr(Interpolation(NameExpr))) ResourceDecl(Name RefineExpr(NameExpr Body(SetEntry(Path Body(ShortEntry(Name) ShortEntry(Name))))))))"},
      {R"k(fn f() = 1)k", "FnDecl(Name NumberExpr)"},
      {R"k(fn f(x: T, y: U = 2): R = x + y)k",
       "FnDecl(Name FnParam(Name NamedType) FnParam(Name NamedType NumberExpr) NamedType BinaryExpr(NameExpr NameExpr))"},
      {R"k(policy NoLatest { each Container { check pinned: !self.image.endsWith(":latest") else "…" } })k",
       "PolicyDecl(Name Body(EachEntry(Body(CheckEntry(Name UnaryExpr(MethodExpr(FieldExpr(SelfExpr) ArgList(Arg(StringExpr)))) StringExpr)))))"},
      {R"k(test "prod" { env: "prod", tag: "1", check web.replicas == 6, golden "web.yaml": web })k",
       "TestDecl(StringExpr Body(SetEntry(Path StringExpr) SetEntry(Path StringExpr) CheckEntry(BinaryExpr(FieldExpr(NameExpr) NumberExpr)) GoldenEntry(StringExpr NameExpr)))"},
      {R"k(extends "./boutique")k", "ExtendsClause(StringExpr)"},
      {R"k(extends "./a"
a: 1)k", "ExtendsClause(StringExpr) SetEntry(Path NumberExpr)"},
      {R"k(env: "prod")k", "SetEntry(Path StringExpr)"},
      {R"k(web.replicas: 12)k", "SetEntry(Path NumberExpr)"},
      {R"k(web.ingress?.metadata.annotations.team: "shop")k", "SetEntry(Path StringExpr)"},
      {R"k(containers["web"].name: "main")k", "SetEntry(Path(PathIndex(StringExpr)) StringExpr)"},
      {R"k(ports[53, "UDP"]: absent)k", "SetEntry(Path(PathIndex(NumberExpr StringExpr)) AbsentExpr)"},
      {R"k(m["k"]?: absent)k", "SetEntry(Path(PathIndex(StringExpr)) AbsentExpr)"},
      {R"k(a?.b?: 1)k", "SetEntry(Path NumberExpr)"},
      {R"k("a b": 1)k", "SetEntry(Path(PathString(StringExpr)) NumberExpr)"},
      {R"k("a b".c["d"].e: 1)k", "SetEntry(Path(PathString(StringExpr) PathIndex(StringExpr)) NumberExpr)"},
      {R"k([name]: { image })k", "SetEntry(Path(PathIndex(NameExpr)) Body(ShortEntry(Name)))"},
      {R"k(["a"].b: 1)k", "SetEntry(Path(PathIndex(StringExpr)) NumberExpr)"},
      {R"k(final replicas: 4)k", "SetEntry(Path NumberExpr)"},
      {R"k(final "x": 4)k", "SetEntry(Path(PathString(StringExpr)) NumberExpr)"},
      {R"k(final ["x"]: 4)k", "SetEntry(Path(PathIndex(StringExpr)) NumberExpr)"},
      {R"k(final: true)k", "SetEntry(Path TrueExpr)"},
      {R"k(final.x: true)k", "SetEntry(Path TrueExpr)"},
      {R"k(k: append [1])k", "SetEntry(Path ListExpr(NumberExpr))"},
      {R"k(k: prepend [1, 2])k", "SetEntry(Path ListExpr(NumberExpr NumberExpr))"},
      {R"k(k: replace { a: 1 })k", "SetEntry(Path Body(SetEntry(Path NumberExpr)))"},
      {R"k(r: external)k", "SetEntry(Path)"},
      {R"k(r: external.x)k", "SetEntry(Path FieldExpr(NameExpr))"},
      {R"k(external: 1)k", "SetEntry(Path NumberExpr)"},
      {R"k(db: external, redis: absent)k", "SetEntry(Path) SetEntry(Path AbsentExpr)"},
      {R"k(...common)k", "SpreadEntry(NameExpr)"},
      {R"k(...{ a: 1 })k", "SpreadEntry(Body(SetEntry(Path NumberExpr)))"},
      {R"k(name)k", "ShortEntry(Name)"},
      {R"k(if (c) k: v)k", "IfEntry(NameExpr SetEntry(Path NameExpr))"},
      {R"k(if (c) { k: v } else { k: w })k", "IfEntry(NameExpr Body(SetEntry(Path NameExpr)) Body(SetEntry(Path NameExpr)))"},
      {R"k(if (c) k: v else if (d) k: w else { k: x })k",
       "IfEntry(NameExpr SetEntry(Path NameExpr) IfEntry(NameExpr SetEntry(Path NameExpr) Body(SetEntry(Path NameExpr))))"},
      {R"k(if (c)
  k: v)k", "IfEntry(NameExpr SetEntry(Path NameExpr))"},
      {R"k(for (x in xs) [x]: 1)k", "ForEntry(ForHead(Name NameExpr) SetEntry(Path(PathIndex(NameExpr)) NumberExpr))"},
      {R"k(for (k, v in m if v > 1) { [k]: v })k",
       "ForEntry(ForHead(Name Name NameExpr BinaryExpr(NameExpr NumberExpr)) Body(SetEntry(Path(PathIndex(NameExpr)) NameExpr)))"},
      {R"k(for (path, _ in config) { [path]: 1 })k", "ForEntry(ForHead(Name Name NameExpr) Body(SetEntry(Path(PathIndex(NameExpr)) NumberExpr)))"},
      {R"k(for (x in xs)
  { [x]: 1 })k", "ForEntry(ForHead(Name NameExpr) Body(SetEntry(Path(PathIndex(NameExpr)) NumberExpr)))"},
      {R"k(each Deployment { replicas: 3 })k", "EachEntry(Body(SetEntry(Path NumberExpr)))"},
      {R"k(each Deployment | StatefulSet | a.B where (self.spec.replicas > 3) { spec.x: 1 })k",
       "EachEntry(Where(BinaryExpr(FieldExpr(FieldExpr(SelfExpr)) NumberExpr)) Body(SetEntry(Path NumberExpr)))"},
      {R"k(each T where (c): absent)k", "EachEntry(Where(NameExpr))"},
      {R"k(each T: absent)k", "EachEntry"},
      {R"k(check a == b)k", "CheckEntry(BinaryExpr(NameExpr NameExpr))"},
      {R"k(check named: a == b else "no")k", "CheckEntry(Name BinaryExpr(NameExpr NameExpr) StringExpr)"},
      {R"k(check [a] == b)k", "CheckEntry(BinaryExpr(ListExpr(NameExpr) NameExpr))"},
      {R"k(check[a]: b)k", "SetEntry(Path(PathIndex(NameExpr)) NameExpr)"},
      {R"k(check { a: 1 } == x)k", "CheckEntry(BinaryExpr(Body(SetEntry(Path NumberExpr)) NameExpr))"},
      {R"k(final check nonRoot: a else "b")k", "CheckEntry(Name NameExpr StringExpr)"},
      {R"k(warn memory: a?)k", "CheckEntry(Name PresenceExpr(NameExpr))"},
      {R"k(warn a)k", "CheckEntry(NameExpr)"},
      {R"k(if (c) check a else check b)k", "IfEntry(NameExpr CheckEntry(NameExpr) CheckEntry(NameExpr))"},
      {R"k(if (c) check a else "message")k", "IfEntry(NameExpr CheckEntry(NameExpr StringExpr))"},
      {R"k(waive Images.pinned because "it is fine")k", "WaiveEntry(StringExpr)"},
      {R"k(waive x because reason)k", "WaiveEntry(NameExpr)"},
      {R"k(golden "a.yaml": web)k", "GoldenEntry(StringExpr NameExpr)"},
      {R"k(for: 5m)k", "SetEntry(Path NumberExpr)"},
      {R"k(type: "x")k", "SetEntry(Path StringExpr)"},
      {R"k(resource.name: "cpu")k", "SetEntry(Path StringExpr)"},
      {R"k(check: true)k", "SetEntry(Path TrueExpr)"},
      {R"k(else: 1)k", "SetEntry(Path NumberExpr)"},
      {R"k(let: 1)k", "SetEntry(Path NumberExpr)"},
      {R"k(if: 1)k", "SetEntry(Path NumberExpr)"},
      {R"k(each: 1)k", "SetEntry(Path NumberExpr)"},
      {R"k(test: "x")k", "SetEntry(Path StringExpr)"},
      {R"k(import: "x")k", "SetEntry(Path StringExpr)"},
      {R"k(param.x: 1)k", "SetEntry(Path NumberExpr)"},
      {R"k(oneof: 1)k", "SetEntry(Path NumberExpr)"},
      {R"k(waive: 1, warn: 2, golden: 3)k", "SetEntry(Path NumberExpr) SetEntry(Path NumberExpr) SetEntry(Path NumberExpr)"},
      {R"k(in: 1)k", "SetEntry(Path NumberExpr)"},
      {R"k(is.x: 1)k", "SetEntry(Path NumberExpr)"},
      {R"k(x: y.type.for.in)k", "SetEntry(Path FieldExpr(FieldExpr(FieldExpr(NameExpr))))"},
      {R"k(x: 1_000)k", "SetEntry(Path NumberExpr)"},
      {R"k(x: 0xFF)k", "SetEntry(Path NumberExpr)"},
      {R"k(x: [0o644, 0b11, 1.5, 1e-3, 1.5Gi, 1h30m, 250m])k",
       "SetEntry(Path ListExpr(NumberExpr NumberExpr NumberExpr NumberExpr NumberExpr NumberExpr NumberExpr))"},
      {R"k(x: true == false)k", "SetEntry(Path BinaryExpr(TrueExpr FalseExpr))"},
      {R"k(x: [true, false, null, absent, self, super])k", "SetEntry(Path ListExpr(TrueExpr FalseExpr NullExpr AbsentExpr SelfExpr SuperExpr))"},
      {R"k(x: "a")k", "SetEntry(Path StringExpr)"},
      {R"k(x: "")k", "SetEntry(Path StringExpr)"},
      {R"k(x: "a ${b} c ${"d ${e}"} \${f} \u{20AC}\n")k",
       "SetEntry(Path StringExpr(Interpolation(NameExpr) Interpolation(StringExpr(Interpolation(NameExpr)))))"},
      {R"k(x: """
  text ${
    y
  } "quoted" ""
  """)k", "SetEntry(Path StringExpr(Interpolation(NameExpr)))"},
      {R"k(x: r"raw \ no ${}")k", "SetEntry(Path RawExpr)"},
      {R"k(x: r"""raw "x"
""")k", "SetEntry(Path RawExpr)"},
      {R"k(x: (1 + 2) * 3)k", "SetEntry(Path BinaryExpr(ParenExpr(BinaryExpr(NumberExpr NumberExpr)) NumberExpr))"},
      {R"k(x: 1 + 2 * 3 - 4 / 5 % 6)k",
       "SetEntry(Path BinaryExpr(BinaryExpr(NumberExpr BinaryExpr(NumberExpr NumberExpr)) BinaryExpr(BinaryExpr(NumberExpr NumberExpr) NumberExpr)))"},
      {R"k(x: a ?? b ?? c)k", "SetEntry(Path BinaryExpr(NameExpr BinaryExpr(NameExpr NameExpr)))"},
      {R"k(x: x ?? 0 > 3)k", "SetEntry(Path BinaryExpr(BinaryExpr(NameExpr NumberExpr) NumberExpr))"},
      {R"k(x: a || b && c == d)k", "SetEntry(Path BinaryExpr(NameExpr BinaryExpr(NameExpr BinaryExpr(NameExpr NameExpr))))"},
      {R"k(x: a in b && c is int?)k", "SetEntry(Path BinaryExpr(BinaryExpr(NameExpr NameExpr) IsExpr(NameExpr OptionalType(NamedType))))"},
      {R"k(x: a is [T] set || b is "x")k",
       "SetEntry(Path BinaryExpr(IsExpr(NameExpr SetType(ListType(NamedType))) IsExpr(NameExpr LiteralType(StringExpr))))"},
      {R"k(x: a is ref T)k", "SetEntry(Path IsExpr(NameExpr RefType))"},
      {R"k(x: -a + !b - -c)k", "SetEntry(Path BinaryExpr(BinaryExpr(UnaryExpr(NameExpr) UnaryExpr(NameExpr)) UnaryExpr(NameExpr)))"},
      {R"k(x: !!a)k", "SetEntry(Path UnaryExpr(UnaryExpr(NameExpr)))"},
      {R"k(x: a.b.c?.d)k", "SetEntry(Path FieldExpr(FieldExpr(FieldExpr(NameExpr))))"},
      {R"k(x: a.f(1, name: 2).g())k", "SetEntry(Path MethodExpr(MethodExpr(NameExpr ArgList(Arg(NumberExpr) Arg(Name NumberExpr))) ArgList))"},
      {R"k(x: f(g)(h))k", "SetEntry(Path CallExpr(CallExpr(NameExpr ArgList(Arg(NameExpr))) ArgList(Arg(NameExpr))))"},
      {R"k(x: m[k][a, b])k", "SetEntry(Path IndexExpr(IndexExpr(NameExpr NameExpr) NameExpr NameExpr))"},
      {R"k(x: xs[0].y?)k", "SetEntry(Path PresenceExpr(FieldExpr(IndexExpr(NameExpr NumberExpr))))"},
      {R"k(x: X { a: 1 } { b: 2 })k",
       "SetEntry(Path RefineExpr(RefineExpr(NameExpr Body(SetEntry(Path NumberExpr))) Body(SetEntry(Path NumberExpr))))"},
      {R"k(x: X { a: 1 }.b)k", "SetEntry(Path FieldExpr(RefineExpr(NameExpr Body(SetEntry(Path NumberExpr)))))"},
      {R"k(x: a { })k", "SetEntry(Path RefineExpr(NameExpr Body))"},
      {R"k(x: x?)k", "SetEntry(Path PresenceExpr(NameExpr))"},
      {R"k(x: xs.map(x => x + 1))k",
       "SetEntry(Path MethodExpr(NameExpr ArgList(Arg(LambdaExpr(LambdaParam(Name) BinaryExpr(NameExpr NumberExpr))))))"},
      {R"k(x: xs.map((k, v) => { [k]: v }))k",
       "SetEntry(Path MethodExpr(NameExpr ArgList(Arg(LambdaExpr(LambdaParam(Name) LambdaParam(Name) Body(SetEntry(Path(PathIndex(NameExpr)) NameExpr)))))))"},
      {R"k(x: f((a: int, b) => a))k",
       "SetEntry(Path CallExpr(NameExpr ArgList(Arg(LambdaExpr(LambdaParam(Name NamedType) LambdaParam(Name) NameExpr)))))"},
      {R"k(x: f(() => 1))k", "SetEntry(Path CallExpr(NameExpr ArgList(Arg(LambdaExpr(NumberExpr)))))"},
      {R"k(x: a => b => c)k", "SetEntry(Path LambdaExpr(LambdaParam(Name) LambdaExpr(LambdaParam(Name) NameExpr)))"},
      {R"k(x: if (a) b else c)k", "SetEntry(Path IfExpr(NameExpr NameExpr NameExpr))"},
      {R"k(x: if (a) b)k", "SetEntry(Path IfExpr(NameExpr NameExpr))"},
      {R"k(x: if (a) X { b: 1 } else if (c) d else { e: 1 })k",
       "SetEntry(Path IfExpr(NameExpr RefineExpr(NameExpr Body(SetEntry(Path NumberExpr))) IfExpr(NameExpr NameExpr Body(SetEntry(Path NumberExpr)))))"},
      {R"k(x: if (a) { b: 1 } else { c: 2 })k", "SetEntry(Path IfExpr(NameExpr Body(SetEntry(Path NumberExpr)) Body(SetEntry(Path NumberExpr))))"},
      {R"k(x: match (env) { "prod" => 6, _ => 2 })k",
       "SetEntry(Path MatchExpr(NameExpr MatchArm(LiteralType(StringExpr) NumberExpr) MatchArm(WildcardPattern NumberExpr)))"},
      {R"k(x: match (x) {
  "a" | "b" => 1
  int => 2
  SecretKey => 3
  absent => 4
  null | true => 5
  -1 => 6
})k",
       "SetEntry(Path MatchExpr(NameExpr MatchArm(UnionType(LiteralType(StringExpr) LiteralType(StringExpr)) NumberExpr) MatchArm(NamedType NumberExpr) MatchArm(NamedType NumberExpr) MatchArm(LiteralType NumberExpr) MatchArm(UnionType(LiteralType LiteralType) NumberExpr) MatchArm(LiteralType NumberExpr)))"},
      {R"k(x: let (y = 1, z = 2) y + z)k",
       "SetEntry(Path LetExpr(LetBinding(Name NumberExpr) LetBinding(Name NumberExpr) BinaryExpr(NameExpr NameExpr)))"},
      {R"k(x: [1, "a", ...b])k", "SetEntry(Path ListExpr(NumberExpr StringExpr SpreadElem(NameExpr)))"},
      {R"k(x: [
  1
  2, 3
])k", "SetEntry(Path ListExpr(NumberExpr NumberExpr NumberExpr))"},
      {R"k(x: [for (x in xs if c) e])k", "SetEntry(Path ListExpr(ForElem(ForHead(Name NameExpr NameExpr) NameExpr)))"},
      {R"k(x: [for (k, v in m) if (v) k else ...v])k",
       "SetEntry(Path ListExpr(ForElem(ForHead(Name Name NameExpr) IfElem(NameExpr NameExpr SpreadElem(NameExpr)))))"},
      {R"k(x: [if (a) 1, if (b) 2 else 3, if (c) ...d])k",
       "SetEntry(Path ListExpr(IfElem(NameExpr NumberExpr) IfElem(NameExpr NumberExpr NumberExpr) IfElem(NameExpr SpreadElem(NameExpr))))"},
      {R"k(x: [
  for (x in xs)
    { a: x }
])k", "SetEntry(Path ListExpr(ForElem(ForHead(Name NameExpr) Body(SetEntry(Path NameExpr)))))"},
      {R"k(x: [])k", "SetEntry(Path ListExpr)"},
      {R"k(x: {})k", "SetEntry(Path Body)"},
      {R"k(x: { a, b, c: 1, "d": 2, e.f: 3, [g]: 4 })k",
       "SetEntry(Path Body(ShortEntry(Name) ShortEntry(Name) SetEntry(Path NumberExpr) SetEntry(Path(PathString(StringExpr)) NumberExpr) SetEntry(Path NumberExpr) SetEntry(Path(PathIndex(NameExpr)) NumberExpr)))"},
      {R"k(x: a
  && b
  || c)k", "SetEntry(Path BinaryExpr(BinaryExpr(NameExpr NameExpr) NameExpr))"},
      {R"k(x: a &&
  b)k", "SetEntry(Path BinaryExpr(NameExpr NameExpr))"},
      {R"k(x: a
  .b
  ?.c)k", "SetEntry(Path FieldExpr(FieldExpr(NameExpr)))"},
      {R"k(x: f(
  a,
  b,
))k", "SetEntry(Path CallExpr(NameExpr ArgList(Arg(NameExpr) Arg(NameExpr))))"},
      {R"k(x: (
  a
  + b
))k", "SetEntry(Path ParenExpr(BinaryExpr(NameExpr NameExpr)))"},
      {R"k(check a
  else "b")k", "CheckEntry(NameExpr StringExpr)"},
      {R"k(x: if (a) b
  else c)k", "SetEntry(Path IfExpr(NameExpr NameExpr NameExpr))"},
      {R"k(type A = | "a" | "b")k", "TypeDecl(Name UnionType(LiteralType(StringExpr) LiteralType(StringExpr)))"},
      {R"k(type A = "a"
  | "b")k", "TypeDecl(Name UnionType(LiteralType(StringExpr) LiteralType(StringExpr)))"},
      {R"k(type A = int(1..5) | int(..5) | int(1..) | int(-1..-2) | int(..))k",
       "TypeDecl(Name UnionType(BoundedType(NamedType RangeBound(LiteralType LiteralType)) BoundedType(NamedType RangeBound(LiteralType)) BoundedType(NamedType RangeBound(LiteralType)) BoundedType(NamedType RangeBound(LiteralType LiteralType)) BoundedType(NamedType RangeBound)))"},
      {R"k(type A = string(1..63) | string(r"[a-z]+") | string("x", r"y"))k",
       "TypeDecl(Name UnionType(BoundedType(NamedType RangeBound(LiteralType LiteralType)) BoundedType(NamedType PatternBound(RawExpr)) BoundedType(NamedType PatternBound(StringExpr) PatternBound(RawExpr))))"},
      {R"k(type A = [T](1..))k", "TypeDecl(Name BoundedType(ListType(NamedType) RangeBound(LiteralType)))"},
      {R"k(type A = [T] by name)k", "TypeDecl(Name KeyedListType(ListType(NamedType) Name))"},
      {R"k(type A = [T] by (a, b))k", "TypeDecl(Name KeyedListType(ListType(NamedType) Name Name))"},
      {R"k(type A = [T] set)k", "TypeDecl(Name SetType(ListType(NamedType)))"},
      {R"k(type A = { a: int, b: string? })k", "TypeDecl(Name RecordType(Field(Name NamedType) Field(Name OptionalType(NamedType))))"},
      {R"k(type A = {
  a: int
  b: string
})k", "TypeDecl(Name RecordType(Field(Name NamedType) Field(Name NamedType)))"},
      {R"k(type A = {[K]: V})k", "TypeDecl(Name RecordType(IndexSignature(NamedType NamedType)))"},
      {R"k(type A = (int | string)?)k", "TypeDecl(Name OptionalType(ParenType(UnionType(NamedType NamedType))))"},
      {R"k(type A = a.B.C)k", "TypeDecl(Name NamedType)"},
      {R"k(type A = ref a.B)k", "TypeDecl(Name RefType)"},
      {R"k(type A = ref)k", "TypeDecl(Name NamedType)"},
      {R"k(type A = [{ a: [int] }])k", "TypeDecl(Name ListType(RecordType(Field(Name ListType(NamedType)))))"},
      {R"k(type A = true | false | null | absent | 1 | -1 | 1.5 | "x" | 512Mi)k",
       "TypeDecl(Name UnionType(LiteralType LiteralType LiteralType LiteralType LiteralType LiteralType LiteralType LiteralType(StringExpr) LiteralType))"},
      {R"k(let f = (x) => x)k", "LetDecl(Name LambdaExpr(LambdaParam(Name) NameExpr))"},
      {R"k(let _ = 1)k", "LetDecl(Name NumberExpr)"},
      {R"k(private: 1)k", "SetEntry(Path NumberExpr)"},
      {R"k(// only a comment)k", ""},
      {R"k(x: 1 // comment)k", "SetEntry(Path NumberExpr)"},
  };
  return all;
}

}  // namespace kdsl::syntax::test
