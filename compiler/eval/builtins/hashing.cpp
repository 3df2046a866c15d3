// Hashes: of text by SHA-256, and of any value by its content.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "codec/binary_text.hpp"
#include "codec/float_text.hpp"
#include "eval/builtins/bind.hpp"
#include "eval/builtins/digest.hpp"
#include "eval/builtins/tables.hpp"

namespace kdsl::eval::builtins {

std::string safeDigest(std::string_view bytes, std::size_t length) {
  constexpr std::string_view alphabet = "bcdfghjklmnpqrstvwxz2456789";
  const auto digest = codec::sha256(bytes);
  std::string result;
  for (std::size_t i = 0; i < std::min(length, kSafeDigestLimit); ++i) result += alphabet[digest[i] % alphabet.size()];
  return result;
}

namespace {

using types::Builtin;

constexpr unsigned kDepthLimit = 200;
constexpr std::int64_t kDefaultLength = 10;

/// Writes a value as bytes, so that equal values have equal bytes and different ones different bytes: numbers by value, the entries of maps by key.
class CanonicalWriter {
 public:
  explicit CanonicalWriter(BuiltinCall& call) : call_(call) {}

  /// False: the value holds an error, or one was reported.
  bool write(Value value, unsigned depth = 0) {
    if (depth > kDepthLimit) {
      call_.fail(fmt::format("the value is nested more than {} levels deep, or holds itself", kDepthLimit));
      return false;
    }
    if (!call_.spend(1)) return false;
    switch (value.kind()) {
      case ValueKind::Error: return false;
      case ValueKind::Absent: bytes_ += 'a'; return true;
      case ValueKind::Null: bytes_ += 'z'; return true;
      case ValueKind::Bool: bytes_ += value.asBool() ? 't' : 'f'; return true;
      case ValueKind::Int: integer(value.asInt()); return true;
      case ValueKind::Float: floating(value.asFloat()); return true;
      case ValueKind::String: return text(value.asString());
      case ValueKind::Quantity: quantity(value.asQuantity()); return true;
      case ValueKind::Duration: fmt::format_to(std::back_inserter(bytes_), "D{};", value.asDuration().nanoseconds()); return true;
      case ValueKind::List: return list(value.asList().items, depth);
      case ValueKind::Record:
        if (call_.isKeyedList(value)) return list(call_.items(value), depth);
        return map(call_.entries(value), depth);
      case ValueKind::Lambda: call_.fail("a function has no hash"); return false;
    }
    return false;
  }

  const std::string& bytes() const { return bytes_; }

 private:
  void integer(std::int64_t value) { fmt::format_to(std::back_inserter(bytes_), "i{};", value); }

  void floating(double value) {
    // 1.0 equals 1. Beyond 2^63 no int is equal.
    if (value >= -0x1p63 && value < 0x1p63 && std::trunc(value) == value) return integer(static_cast<std::int64_t>(value));
    // 0.5 equals 500m; what is too fine for a Quantity equals none.
    if (const auto equal = units::Quantity::fromDouble(value)) return quantity(*equal);
    bytes_ += 'd';
    codec::appendFloat(bytes_, value);
    bytes_ += ';';
  }

  void quantity(const units::Quantity& value) {
    if (const auto whole = value.toInteger()) return integer(*whole);
    // A fraction's canonical form in the decimal family is its value's only spelling.
    const auto decimal = add(units::Quantity(), value);
    fmt::format_to(std::back_inserter(bytes_), "q{};", (decimal ? *decimal : value).canonicalText());
  }

  bool text(std::string_view value) {
    if (!call_.spend(value.size() / kBytesPerStep)) return false;
    fmt::format_to(std::back_inserter(bytes_), "s{}:", value.size());
    bytes_.append(value);
    return true;
  }

  bool list(std::span<const Value> items, unsigned depth) {
    bytes_ += '[';
    for (const Value item : items) {
      if (!write(item, depth + 1)) return false;
    }
    bytes_ += ']';
    return true;
  }

  bool map(std::vector<TableEntry> entries, unsigned depth) {
    std::sort(entries.begin(), entries.end(), [](const TableEntry& a, const TableEntry& b) { return base::text(a.key) < base::text(b.key); });
    bytes_ += '{';
    for (const TableEntry& entry : entries) {
      if (!text(base::text(entry.key)) || !write(entry.value, depth + 1)) return false;
    }
    bytes_ += '}';
    return true;
  }

  BuiltinCall& call_;
  std::string bytes_;
};

Value hash(BuiltinCall& call, Value value, std::optional<std::int64_t> length) {
  const auto size = length.value_or(kDefaultLength);
  if (size < 1 || size > static_cast<std::int64_t>(kSafeDigestLimit)) {
    return call.fail(fmt::format("`hash` wants a length of 1 to {}, not {}", kSafeDigestLimit, size));
  }
  CanonicalWriter writer(call);
  if (!writer.write(value)) return Value::error();
  return wrap(call, safeDigest(writer.bytes(), static_cast<std::size_t>(size)));
}

std::string sha256(std::string_view text) { return codec::sha256Hex(text); }

constexpr Implementation kImplementations[] = {
    {Builtin::hash, bound<hash>},
    {Builtin::string_sha256, bound<sha256>},
};

}  // namespace

std::span<const Implementation> hashingImplementations() { return kImplementations; }

}  // namespace kdsl::eval::builtins
