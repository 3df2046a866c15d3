#pragma once
// The structures of the layer algorithm. A *place* (member, field, entry, element) holds its *contributions*, weak to strong; a record-like
// place folds them into *layers* and is stepped into. All of it lives in the evaluation's arena.
#include <cstdint>

#include "base/arena.hpp"
#include "eval/value.hpp"
#include "hir/module.hpp"
#include "sema/program.hpp"

namespace kdsl::eval {

using base::ArenaVector;
using sema::CheckedModule;
using types::NominalId;
using types::TypeId;

/// A chain of bound locals, innermost first.
struct Locals {
  const Locals* up = nullptr;
  hir::LocalId id{};
  Place* place = nullptr;  // lazily evaluated
  Value value;             // when place is null
};

/// Where an expression was written: its file, its `self`, the instance whose members it names, and its locals.
struct Scope {
  const CheckedModule* module = nullptr;
  Place* self = nullptr;
  Place* members = nullptr;
  const Locals* locals = nullptr;
};

/// Scope plus what `super` means: the value of `place` from its first `superCount` contributions.
struct Env {
  const Scope* scope = nullptr;
  Place* superPlace = nullptr;
  std::uint32_t superCount = 0;
};

/// A condition above an entry, or the existence of what a `?` in a path asks for. Run as late as possible, once.
struct Guard {
  enum class State : std::uint8_t { Unknown, Running, Held, NotHeld };
  const Guard* up = nullptr;  // all of the chain must hold
  hir::ExprId condition{};
  bool negated = false;
  const Scope* scope = nullptr;
  Place* existing = nullptr;         // not a condition: holds if the first `existingCount` contributions of this place make it
  std::uint32_t existingCount = 0;
  mutable State state = State::Unknown;
};

/// How an entry came to a place other than by standing in a body there. For `kdsl why`; in the arena, innermost first.
struct Via {
  enum class Kind : std::uint8_t {
    Each,    // by a clause `each T { … }`
    Spread,  // by `...e`
    Copy,    // by a value that was passed on whole: `labels`, `a { … }`
  };
  Kind kind = Kind::Copy;
  std::uint8_t length = 1;  // of the chain
  source::Location at;
  const Via* next = nullptr;

  static constexpr std::uint8_t longest = 6;  // what nobody would read is not kept
};

enum class Verb : std::uint8_t { Set, Replace, Append, Prepend, Absent, External, Each };

/// One setting of a place by one entry of one body.
struct Contribution {
  enum class Source : std::uint8_t {
    Expr,   // `expr` in `scope`
    Path,   // the entry's path goes on at `segment`
    Ready,  // `value`
    Body,   // the entries of body `segment` in `scope`
    Table,  // `table`
  };
  Verb verb = Verb::Set;
  Source source = Source::Expr;
  bool isFinal = false;
  bool quiet = false;     // `?`: only if something is there
  bool strict = false;    // addresses what must have been made below
  bool declared = false;  // a default or declared value of the type
  std::uint32_t body = 0; // serial of the body instance that it stands in: for "set twice" and the order within a body
  hir::ExprId expr = base::none<hir::ExprId>;
  std::uint32_t segment = 0;  // Path: index of the next segment of `entry`; Body: its BodyId
  const hir::Entry* entry = nullptr;
  const Scope* scope = nullptr;
  const Guard* guard = nullptr;
  Value value;                              // Ready
  Place* superPlace = nullptr;              // Expr of an anonymous place: what `super` means in it
  std::uint32_t superCount = 0;
  std::span<const TableEntry> table;        // Table
  source::Location at;                      // what to show: the value, or the entry
  const Via* via = nullptr;
};

/// A body applied to a record-like place.
struct Layer {
  enum class Kind : std::uint8_t {
    Declared,  // the declaration of `nominal`: defaults, members, its own entries
    Body,      // entries of `body`
    Path,      // the rest of one entry's path
    Table,     // computed entries
    Each,      // an `each` on its way down: acts where types match
  };
  Kind kind = Kind::Body;
  bool isFinal = false;
  bool strict = false;
  bool fromEach = false;  // the body of an `each`
  bool replaces = false;  // came by `replace`: what is below was dropped
  std::uint32_t body = 0;
  NominalId nominal{};
  hir::BodyId bodyId = base::none<hir::BodyId>;
  const hir::Entry* entry = nullptr;  // Path, Each
  std::uint32_t segment = 0;
  const Scope* scope = nullptr;       // of the entries, with the body's own lets bound
  const Scope* written = nullptr;     // without them: what replaying rebinds
  const Guard* guard = nullptr;
  std::span<const TableEntry> table;
  source::Location at;
  const Via* via = nullptr;
};

/// Children of a record-like place in the order of their making.
struct Children {
  ArenaVector<Place*> list;
  std::uint32_t* index = nullptr;  // open addressing over `list` (position + 1) when there are many
  std::uint32_t indexMask = 0;
};

/// Which member of a one-of group is in force: contributions of the layers below `from` are dropped, per member.
struct OneOfState {
  bool resolved = false;
  ArenaVector<std::uint32_t> from;   // by member of the group; the last is the discriminator
};

/// What a record-like place knows once it is folded.
struct Record {
  TypeId type{};                        // the actual type: the last nominal type given, else the static one
  const types::Nominal* nominal = nullptr;
  ArenaVector<Layer> layers;
  Children children;
  std::span<OneOfState> oneofs;
  bool poisoned = false;                // a contribution failed (reported): what is missing here is not reported again
  bool keyed = false;                   // a keyed list: rows are the children
  bool rowsBuilding = false;
  bool rowsBuilt = false;
  bool keysBuilt = false;
  std::span<const Symbol> keys;         // keysBuilt
};

struct Place {
  enum class State : std::uint8_t { Idle, Running, Done };

  Place* parent = nullptr;
  Symbol key{};
  TypeId type{};
  const types::Member* member = nullptr;  // the declaration of a member of a nominal
  ArenaVector<Contribution> contributions;
  Record* record = nullptr;
  Value value;                            // when forced
  State forced = State::Idle;
  State folded = State::Idle;
  State existence = State::Idle;
  bool exists = false;
  bool isFinal = false;          // some contribution is final
  bool hasStrict = false;        // some contribution is strict
  bool isResource = false;       // a member that is built
  bool isReference = false;      // of a `ref` type: never merged into
  bool removed = false;          // `absent` on a resource
  bool external = false;
  bool isInstance = false;       // `self` of a declaration: root, member or value made by `X { … }`
  bool checksRun = false;
  bool visited = false;
  bool elementOfList = false;    // key is its index or key text
  const Contribution* remover = nullptr;
  source::Location made;         // where it is first set; for messages
};

/// A lambda with the scope that it was written in.
struct Lambda {
  hir::ExprId expr{};
  Env env;
};

}  // namespace kdsl::eval
