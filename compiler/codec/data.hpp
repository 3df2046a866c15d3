#pragma once
// Data: what a YAML, JSON or TOML document says, as an ordered tree. Each node knows its bytes in the text that it was read from.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace kdsl::codec {

/// Bytes [begin, end) of the text that was read. Empty at 0 for data that was made, not read.
struct ByteSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(const ByteSpan&, const ByteSpan&) = default;
};

class Data;
struct DataEntry;
using DataList = std::vector<Data>;
/// Entries in source order; readers leave no two equal keys in one map.
using DataMap = std::vector<DataEntry>;

/// A value type that owns its children. Depth is bounded by ReadLimits::depth, so copying and destroying may recurse.
class Data {
 public:
  enum class Kind : std::uint8_t { Null, Bool, Integer, Float, String, List, Map };

  /// Null.
  Data() = default;
  static Data null(ByteSpan span = {});
  static Data boolean(bool value, ByteSpan span = {});
  static Data integer(std::int64_t value, ByteSpan span = {});
  static Data floating(double value, ByteSpan span = {});
  static Data string(std::string value, ByteSpan span = {});
  static Data list(DataList value, ByteSpan span = {});
  static Data map(DataMap value, ByteSpan span = {});
  static Data list();  ///< empty
  static Data map();   ///< empty

  Kind kind() const { return static_cast<Kind>(value_.index()); }
  bool isNull() const { return kind() == Kind::Null; }
  bool isString() const { return kind() == Kind::String; }
  bool isList() const { return kind() == Kind::List; }
  bool isMap() const { return kind() == Kind::Map; }

  /// Each may be called only for its own kind.
  bool asBool() const { return *std::get_if<bool>(&value_); }
  std::int64_t asInteger() const { return *std::get_if<std::int64_t>(&value_); }
  double asFloat() const { return *std::get_if<double>(&value_); }
  const std::string& asString() const { return *std::get_if<std::string>(&value_); }
  const DataList& items() const { return *std::get_if<DataList>(&value_); }
  DataList& items() { return *std::get_if<DataList>(&value_); }
  const DataMap& entries() const { return *std::get_if<DataMap>(&value_); }
  DataMap& entries() { return *std::get_if<DataMap>(&value_); }

  /// The value of `key`, or nullptr if this is no map or has no such key. Linear.
  const Data* find(std::string_view key) const;

  ByteSpan span() const { return span_; }
  void setSpan(ByteSpan span) { span_ = span; }

  /// Equal content in equal order, wherever it was read; `1` and `1.0` differ.
  friend bool operator==(const Data& left, const Data& right);

 private:
  using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, DataList, DataMap>;
  Value value_;
  ByteSpan span_;
};

struct DataEntry {
  std::string key;
  ByteSpan keySpan;
  Data value;
  friend bool operator==(const DataEntry& left, const DataEntry& right) { return left.key == right.key && left.value == right.value; }
};

}  // namespace kdsl::codec
