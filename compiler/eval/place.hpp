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
  mutable State state = State::Unknown;
  const Scope* scope = nullptr;
  Place* existing = nullptr;  // not a condition: holds if the first `existingCount` contributions of this place make it
  std::uint32_t existingCount = 0;
  mutable std::uint32_t began = 0;  // while it runs: how many places were being computed when it began
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
  bool isFinal : 1 = false;
  bool quiet : 1 = false;     // `?`: only if something is there
  bool strict : 1 = false;    // addresses what must have been made below
  bool declared : 1 = false;  // a default or declared value of the type
  std::uint32_t body = 0;     // serial of the body instance that it stands in: for "set twice" and the order within a body
  hir::ExprId expr = base::none<hir::ExprId>;
  std::uint32_t segment = 0;  // Path: index of the next segment of `entry`; Body: its BodyId; Table: how many entries
  std::uint32_t superCount = 0;
  source::Location at;        // what to show: the value, or the entry
  const hir::Entry* entry = nullptr;
  const Scope* scope = nullptr;
  const Guard* guard = nullptr;
  union {
    Place* superPlace = nullptr;         // Expr of an anonymous place: what `super` means in it
    const TableEntry* firstOfTable;      // Table
  };
  const Via* via = nullptr;
  Value value;                           // Ready

  std::span<const TableEntry> table() const { return {firstOfTable, segment}; }
  void setTable(std::span<const TableEntry> entries) {
    source = Source::Table;
    firstOfTable = entries.data();
    segment = static_cast<std::uint32_t>(entries.size());
  }
};
static_assert(sizeof(Contribution) == 88, "evaluations keep one for each thing that is set: their size is their time");

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
  bool isFinal : 1 = false;
  bool strict : 1 = false;
  bool fromEach : 1 = false;      // the body of an `each`
  bool isOwnEntries : 1 = false;  // Declared: the entries of the declaration alone; its defaults and members stand in a layer below, as do its `each`
  bool replaces : 1 = false;      // came by `replace`: what is below was dropped
  std::uint32_t body = 0;
  NominalId nominal{};
  hir::BodyId bodyId = base::none<hir::BodyId>;
  std::uint32_t segment = 0;      // Path: of `entry`; Table: how many entries
  source::Location at;
  union {
    const hir::Entry* entry = nullptr;  // Path, Each
    const TableEntry* firstOfTable;     // Table
  };
  const Scope* scope = nullptr;   // of the entries, with the body's own lets bound
  const Scope* written = nullptr; // without them: what replaying rebinds
  const Guard* guard = nullptr;
  const Via* via = nullptr;

  std::span<const TableEntry> table() const { return {firstOfTable, segment}; }
  void setTable(std::span<const TableEntry> entries) {
    kind = Kind::Table;
    firstOfTable = entries.data();
    segment = static_cast<std::uint32_t>(entries.size());
  }
};
static_assert(sizeof(Layer) == 72);

/// A child with its key beside it: looking for one reads the list, not every place on it.
struct Child {
  Symbol key{};
  Place* place = nullptr;
};

/// Children of a record-like place in the order of their making.
struct Children {
  ArenaVector<Child> list;
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
  const types::Nominal* nominal = nullptr;
  std::span<const Layer> layers;
  Children children;
  std::span<OneOfState> oneofs;
  TypeId type{};                        // the actual type: the last nominal type given, else the static one
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
  const Contribution* remover = nullptr;
  source::Location made;             // where it is first set; for messages
  State forced : 2 = State::Idle;
  State folded : 2 = State::Idle;
  State existence : 2 = State::Idle;
  bool exists : 1 = false;
  bool isFinal : 1 = false;          // some contribution is final
  bool hasStrict : 1 = false;        // some contribution is strict
  bool isResource : 1 = false;       // a member that is built
  bool isReference : 1 = false;      // of a `ref` type: never merged into
  bool removed : 1 = false;          // `absent` on a resource
  bool external : 1 = false;
  bool isInstance : 1 = false;       // `self` of a declaration: root, member or value made by `X { … }`
  bool checksRun : 1 = false;
  bool visited : 1 = false;
  bool elementOfList : 1 = false;    // key is its index or key text
};
static_assert(sizeof(Place) == 88);

/// A lambda with the scope that it was written in.
struct Lambda {
  hir::ExprId expr{};
  Env env;
};

}  // namespace kdsl::eval
