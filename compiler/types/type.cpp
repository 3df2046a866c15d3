#include "types/type.hpp"

#include <bit>

#include "base/hash.hpp"

namespace kdsl::types {

std::string_view Nominal::apiGroup() const {
  const auto text = base::text(apiVersion);
  const auto slash = text.find('/');
  return slash == std::string_view::npos ? std::string_view{} : text.substr(0, slash);
}

std::string_view Nominal::apiGroupVersion() const {
  const auto text = base::text(apiVersion);
  const auto slash = text.find('/');
  return slash == std::string_view::npos ? text : text.substr(slash + 1);
}

const Member* Nominal::find(Symbol wanted) const {
  if (index_.empty()) return nullptr;
  const auto mask = index_.size() - 1;
  for (auto slot = base::mix(base::index(wanted)) & mask;; slot = (slot + 1) & mask) {
    const auto position = index_[slot];
    if (position == 0) return nullptr;
    if (members[position - 1].name == wanted) return &members[position - 1];
  }
}

void Nominal::buildIndex() {
  index_.assign(std::bit_ceil(members.size() * 2 + 1), 0);
  const auto mask = index_.size() - 1;
  for (std::size_t i = 0; i < members.size(); ++i) {
    auto slot = base::mix(base::index(members[i].name)) & mask;
    while (index_[slot] != 0) slot = (slot + 1) & mask;
    index_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

}  // namespace kdsl::types
