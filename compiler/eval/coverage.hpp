#pragma once
// What a run of tests reached: kept only when somebody asks.
#include <cstdint>
#include <set>
#include <utility>

#include "hir/module.hpp"

namespace kdsl::eval {

/// Ids of hir, with their file. Ordered, so that reports are.
struct Coverage {
  using Item = std::pair<source::FileId, hir::ItemId>;
  using Place = std::pair<source::FileId, std::uint32_t>;  // an offset in the text

  std::set<Item> made;       // components, schemas and modules that had an instance
  std::set<Place> set;       // params and fields that somebody set, by their declaration
  std::set<Place> ran;       // checks that ran, by their condition
  std::set<Place> failed;    // checks that failed
  std::set<Place> branches;  // branches of `if` and arms of `match` that were taken, by their begin
};

}  // namespace kdsl::eval
