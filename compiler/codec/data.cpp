#include "codec/data.hpp"

#include <utility>

namespace kdsl::codec {

Data Data::null(ByteSpan span) {
  Data result;
  result.span_ = span;
  return result;
}

Data Data::boolean(bool value, ByteSpan span) {
  Data result;
  result.value_ = value;
  result.span_ = span;
  return result;
}

Data Data::integer(std::int64_t value, ByteSpan span) {
  Data result;
  result.value_ = value;
  result.span_ = span;
  return result;
}

Data Data::floating(double value, ByteSpan span) {
  Data result;
  result.value_ = value;
  result.span_ = span;
  return result;
}

Data Data::string(std::string value, ByteSpan span) {
  Data result;
  result.value_ = std::move(value);
  result.span_ = span;
  return result;
}

Data Data::list(DataList value, ByteSpan span) {
  Data result;
  result.value_ = std::move(value);
  result.span_ = span;
  return result;
}

Data Data::map(DataMap value, ByteSpan span) {
  Data result;
  result.value_ = std::move(value);
  result.span_ = span;
  return result;
}

Data Data::list() { return list(DataList{}); }

Data Data::map() { return map(DataMap{}); }

const Data* Data::find(std::string_view key) const {
  if (!isMap()) return nullptr;
  for (const DataEntry& entry : entries()) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

bool operator==(const Data& left, const Data& right) { return left.value_ == right.value_; }

}  // namespace kdsl::codec
