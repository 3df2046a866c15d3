#pragma once
// Lists that a recursive pass fills and empties: their storage is used again, so that a level of it allocates nothing.
#include <utility>
#include <vector>

namespace kdsl::eval {

/// An empty list, with the storage of one that was given back.
template <typename T>
std::vector<T> takeScratch(std::vector<std::vector<T>>& pool) {
  if (pool.empty()) return {};
  auto list = std::move(pool.back());
  pool.pop_back();
  return list;
}

template <typename T>
void giveBack(std::vector<std::vector<T>>& pool, std::vector<T> list) {
  list.clear();
  pool.push_back(std::move(list));
}

}  // namespace kdsl::eval
