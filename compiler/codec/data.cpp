#include "codec/data.hpp"

namespace kdsl::codec {

Data Data::list(DataList value, ByteSpan span) { return make(std::move(value), span); }

Data Data::map(DataMap value, ByteSpan span) { return make(std::move(value), span); }

const Data* Data::find(std::string_view key) const {
  if (!isMap()) return nullptr;
  for (const DataEntry& entry : entries()) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

bool operator==(const Data& left, const Data& right) { return left.value_ == right.value_; }

}  // namespace kdsl::codec
