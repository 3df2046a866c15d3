#pragma once
// Expressions, entries of bodies, and written types, with sugar gone. Names of locals are resolved; all others are left to sema.
#include <cstdint>

#include "base/symbol.hpp"
#include "hir/ids.hpp"
#include "source/span.hpp"

namespace kdsl::hir {

using base::Symbol;
using source::Span;

enum class ExprKind : std::uint8_t {
  Error,          // a syntax error stands here; silent
  Null,
  Absent,
  Bool,           // a: 0 or 1
  Int,            // a: index into Module::ints
  Float,          // a: index into Module::floats
  Unit,           // a: Symbol of the number with its suffix, `512Mi`, `1h30m`
  String,         // a: Symbol of the decoded text
  Interpolation,  // a: first, b: count in Module::exprLists; the parts in order, String for the text between
  Local,          // a: LocalId, b: Symbol
  Name,           // a: Symbol; member, import, declaration or built-in: resolved by sema
  Self,
  Super,
  Field,          // a: base, b: Symbol (empty behind a lone dot: a syntax error, silent); optional: written `?.`. fieldNameSpan() is the name
  Index,          // a: base, b: first, c: count in Module::exprLists (several keys: `ports[53, "UDP"]`)
  Call,           // a: callee (a Field for methods and qualified functions), b: first, c: count in Module::arguments
  Refine,         // a: base, b: BodyId: `X { … }`
  Record,         // a: BodyId: `{ … }`
  Present,        // a: operand: `x?`
  Not,            // a
  Negate,         // a
  Binary,         // op; a, b (includes && || ?? in)
  Is,             // a: operand, b: TypeExprId
  If,             // a: condition, b: then, c: else or none
  Match,          // a: scrutinee, b: first, c: count in Module::arms
  Let,            // a: LocalId (its value is Local::value), b: body
  Lambda,         // a: first LocalId, b: count (consecutive), c: body
  List,           // a: first, b: count in Module::elements
};

enum class BinaryOp : std::uint8_t { Or, And, Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, In, Coalesce, Add, Subtract, Multiply, Divide, Remainder };

struct Expr {
  ExprKind kind = ExprKind::Error;
  BinaryOp op{};
  bool optional = false;
  bool parenthesised = false;
  std::uint32_t a = 0, b = 0, c = 0;
  Span span;
};

/// One argument of a call; `name` is empty for a positional one.
struct Argument {
  Symbol name{};
  Span nameSpan;
  ExprId value{};
};

/// `pattern => value`; no pattern for `_`.
struct Arm {
  TypeExprId pattern = base::none<TypeExprId>;
  ExprId value{};
  Span span;
};

/// An element of a list literal.
enum class ElementKind : std::uint8_t { Value, Spread, If, For };
struct Element {
  ElementKind kind = ElementKind::Value;
  ExprId value = base::none<ExprId>;      // Value, Spread: the expression; If: the condition; For: the collection
  ExprId filter = base::none<ExprId>;     // For: `if c`
  LocalId first = base::none<LocalId>;    // For: the variable (the key, where there are two)
  LocalId second = base::none<LocalId>;   // For: the value variable of two
  std::uint32_t then = 0;                 // If, For: index of the inner element in Module::elements
  std::uint32_t otherwise = 0;            // If: index of the else element, or 0
  Span span;
};

enum class LocalKind : std::uint8_t { For, Let, Lambda, FnParam };

/// A name bound inside an expression or a body (`let` entries too).
struct Local {
  LocalKind kind = LocalKind::Let;
  Symbol name{};
  Span nameSpan;
  TypeExprId type = base::none<TypeExprId>;  // if written
  ExprId value = base::none<ExprId>;         // Let: its value; FnParam: its default
};

// --- bodies ---------------------------------------------------------------------------------------------------------

enum class EntryKind : std::uint8_t { Set, Spread, Each, If, For, Let, Check, Waive, Golden };

/// How a Set entry acts on what is below. `k: absent` is Set with an Absent expression as its value.
enum class Verb : std::uint8_t { Set, Replace, Append, Prepend, External };

enum class SegmentKind : std::uint8_t { Name, Index };

/// One step of a path: `.name`, `?.name`, `["k"]`, `[53, "UDP"]`.
struct Segment {
  SegmentKind kind = SegmentKind::Name;
  bool quiet = false;       // reached by `?.`: the place before it may be missing
  bool quoted = false;      // a string key
  Symbol name{};            // Name; empty where a syntax error stands: silent
  std::uint32_t first = 0;  // Index: the key expressions in Module::exprLists
  std::uint32_t count = 0;
  Span span;
};

struct Entry {
  EntryKind kind = EntryKind::Set;
  Verb verb = Verb::Set;
  bool isFinal = false;       // `final k: v`, `final check`
  bool isWarning = false;     // `warn` instead of `check`
  bool quiet = false;         // Set: the path ends in `?`: `m["k"]?: absent`
  bool shorthand = false;     // `{ name }`
  Symbol name{};              // Check: its name or empty; Waive: the (dotted) name; Golden: the file
  Span nameSpan;
  std::uint32_t firstSegment = 0, segmentCount = 0;  // Set: the path in Module::segments
  ExprId value = base::none<ExprId>;    // Set, Spread: the expression; If, Check: the condition; For: the collection; Waive: the reason; Golden: the value
  ExprId extra = base::none<ExprId>;    // Check: the message; For: the filter; Each: the `where`
  LocalId first = base::none<LocalId>;  // For: variables as in Element; Let: the local
  LocalId second = base::none<LocalId>;
  std::uint32_t firstType = 0, typeCount = 0;  // Each: its types in Module::typeLists
  BodyId then = base::none<BodyId>;       // If, For: the branch; Each: the body (none for `: absent`)
  BodyId otherwise = base::none<BodyId>;  // If
  Span span;
};

/// Entries between braces, or the refining entries of a file, component or test. Branches of `if` and `for` are bodies whose `parent` is set.
struct Body {
  std::uint32_t firstEntry = 0, entryCount = 0;  // consecutive in Module::entries
  BodyId parent = base::none<BodyId>;
  Span span;
};

// --- written types --------------------------------------------------------------------------------------------------

enum class TypeExprKind : std::uint8_t {
  Error,
  Name,      // a: first, b: count in Module::nameParts (a dotted name)
  Ref,       // a, b as Name: `ref T`
  String,    // a: Symbol
  Int,       // a: index into Module::ints (sign applied)
  Float,     // a: index into Module::floats
  Unit,      // a: Symbol: a literal Quantity or Duration
  Bool,      // a
  Null,
  Absent,
  List,      // a: element
  Keyed,     // a: element, b: first, c: count in Module::nameParts (the key fields)
  Set,       // a: element
  Shape,     // a: ShapeId: `{ … }`
  Optional,  // a
  Refined,   // a: base, b: first, c: count in Module::bounds
  Union,     // a: first, b: count in Module::typeLists
};

struct TypeExpr {
  TypeExprKind kind = TypeExprKind::Error;
  std::uint32_t a = 0, b = 0, c = 0;
  Span span;
};

/// One bound of `int(1..)`, `string(r"[a-z]+")`.
struct Bound {
  bool isPattern = false;
  Symbol pattern{};                       // pattern: the regular expression
  ExprId low = base::none<ExprId>;        // range: literal numbers (Int, Float or Unit), or none
  ExprId high = base::none<ExprId>;
  Span span;
};

/// A name with its place.
struct NamePart {
  Symbol name{};
  Span span;
};

/// A field of a schema or of a record type.
struct Field {
  Symbol name{};
  Span nameSpan;
  TypeExprId type{};
  ExprId value = base::none<ExprId>;  // its default
  Symbol doc{};
  Symbol deprecated{};
  bool isDeprecated = false;
  bool isReadDefault = false;         // `?? v`: read while nothing sets the field, never written
  std::uint32_t oneof = 0;            // 1-based number of its group in the shape; 0: none
  Span span;
};

struct OneOf {
  bool optional = false;
  Span span;
};

/// The inside of a schema or of a record type `{ a: int, [K]: T, oneof { … } }`.
struct Shape {
  std::uint32_t firstField = 0, fieldCount = 0;  // consecutive in Module::fields
  std::uint32_t firstOneOf = 0, oneOfCount = 0;  // in Module::oneofs
  TypeExprId key = base::none<TypeExprId>;       // `[K]: T`
  TypeExprId value = base::none<TypeExprId>;
  BodyId body = base::none<BodyId>;              // its lets and checks
  Span span;
};

}  // namespace kdsl::hir
