#pragma once
// Built-in functions and methods by name, with their signatures. The table is builtins.def; what they do is eval's.
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "types/table.hpp"

namespace kdsl::types {

/// `Builtin::min`, `Builtin::list_map`; `none` is no built-in.
enum class Builtin : std::uint16_t {
  none,
#define KD_FUNCTION(id, name, signature, doc) id,
#define KD_METHOD(receiver, id, name, signature, doc) id,
#include "types/builtins.def"
#undef KD_FUNCTION
#undef KD_METHOD
  count
};

/// What a method is called on; Function for built-ins that are called by their bare name.
enum class Receiver : std::uint8_t { Function, Bool, String, Int, Float, Quantity, Duration, List, Set, Map, Any };

/// One line of the table.
struct BuiltinInfo {
  Builtin id = Builtin::none;
  Receiver receiver = Receiver::Function;
  std::string_view name;
  std::string_view signature;  // as in the table
  std::string_view doc;
};

/// All of them, in the table's order; `builtins()[i].id` is `Builtin(i + 1)`.
std::span<const BuiltinInfo> builtins();
/// Precondition: a real built-in.
const BuiltinInfo& builtinInfo(Builtin id);
/// The overloads of a function or of a receiver's own method (Any is not looked at), in the table's order; empty if there is none. O(log n).
std::span<const Builtin> findBuiltin(Receiver receiver, std::string_view name);

struct BuiltinParameter {
  Symbol name{};
  TypeId type{};            // with type variables (TypeKind::Parameter); of a type parameter, its variable
  bool optional = false;    // has a default
  bool variadic = false;    // takes all further arguments
  bool isType = false;      // takes the name of a type
};

struct BuiltinSignature {
  TypeId receiver{};        // of methods: `[T]`, `{[K]: V}`, or what `self` says
  std::vector<BuiltinParameter> parameters;
  TypeId result{};
};

/// Parsed signatures, made when first asked for. Not thread-safe: each user has its own.
class BuiltinSignatures {
 public:
  explicit BuiltinSignatures(TypeTable& table) : table_(&table), parsed_(static_cast<std::size_t>(Builtin::count)) {}
  /// The reference lives as long as this. Precondition: a real built-in.
  const BuiltinSignature& of(Builtin id);

 private:
  TypeTable* table_;
  std::vector<std::unique_ptr<BuiltinSignature>> parsed_;
};

/// Parses one signature of the table; false in `ok` for text that is none (a test runs it over the table).
BuiltinSignature parseSignature(TypeTable& table, Receiver receiver, std::string_view signature, bool& ok);

}  // namespace kdsl::types
