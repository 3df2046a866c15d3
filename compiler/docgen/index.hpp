#pragma once
// What is documented, and where.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "query/documentation.hpp"

namespace kdsl::docgen {

class Index {
 public:
  explicit Index(std::span<const query::DocModule> modules);

  std::span<const query::DocModule> modules() const { return modules_; }
  /// Where a link of a type leads: `path#Name` of its module, to which an ending is still to be added behind `path`; none if that is not documented.
  struct Target {
    const query::DocModule* module = nullptr;
    std::string item;  // empty: the module itself
  };
  std::optional<Target> find(const query::DocLink& link) const;
  /// What a word of a comment in `from` names: a declaration of that module, or of the only other one that has it.
  std::optional<Target> find(std::string_view word, const query::DocModule& from) const;

 private:
  std::span<const query::DocModule> modules_;
  std::unordered_map<std::uint32_t, const query::DocModule*> byFile_;
  std::unordered_map<std::string, std::vector<const query::DocModule*>> byItem_;
};

/// The page of a module, without ending: its path, but for the two names that the overview has.
std::string pageOf(const query::DocModule& module);
/// `a/b/c` → `../../`: from a page back to the output folder.
std::string prefixOf(std::string_view path);

}  // namespace kdsl::docgen
