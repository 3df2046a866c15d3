#pragma once
// Text for values that are still to be written: what a type requires, with tab stops in the places to fill in. Internal to this folder.
#include <string>
#include <string_view>
#include <vector>

#include "query/ide/facts.hpp"

namespace kdsl::query {

/// Writes one snippet: tab stops are numbered in the order of the calls. What must be set is set, at every depth; so is what the API server refuses
/// to do without, whatever its schema says (the image of a container, the labels of a pod that is selected).
class SnippetWriter {
 public:
  /// `objectName` stands for the name of the object until the user chooses another one.
  SnippetWriter(const sema::Program& program, std::string objectName) : program_(program), objectName_(std::move(objectName)) {}

  /// `{ … }` with what a value of the type must have, but for the member `without`; `{ $0 }` if that is nothing. With `isOpen` a line is left for more.
  std::string body(const types::Nominal& nominal, base::Symbol without, bool isOpen);
  /// A value of the type. A body that nothing must stand in ends up with the caret in it.
  std::string value(TypeId type, bool isOpen);
  /// An element of a keyed list, in braces: `name: { … }`, `[port]: { … }`. Other key fields than the first are among what is set in it, if they are required.
  std::string element(const types::TypeNode& list);
  /// The first key of the list is a text.
  bool hasTextKey(const types::TypeNode& list) const;
  /// `: value` behind a key.
  std::string behindKey(std::string_view key, TypeId type);
  /// The next tab stop.
  std::string stop(std::string_view placeholder = {});

 private:
  struct Value;
  struct Entry;
  Value valueOf(TypeId type, std::string_view key);
  Value bodyOf(const types::Nominal& nominal, base::Symbol without);
  Value memberOf(const types::Nominal& owner, const types::Member& member);
  Value labels();
  /// One of the texts that make sense, separated by commas.
  Value usualText(std::string_view texts);
  Value keyed(const types::TypeNode& list);
  Entry elementOf(const types::TypeNode& list);
  Value choice(const types::TypeNode& node);
  std::string nameStop();
  bool isNeeded(const types::Nominal& nominal, const types::Member& member) const;
  static std::string rendered(const Value& value);
  static std::string rendered(const std::vector<Entry>& entries, bool isWide, bool isOpen);

  const sema::Program& program_;
  std::string objectName_;
  unsigned stops_ = 0;
  unsigned nameStop_ = 0;
  unsigned depth_ = 0;
  /// A pod template is being written whose owner selects pods by labels; whose owner runs to an end.
  bool isSelected_ = false, isJob_ = false;
};

/// `text` as it stands within a snippet.
std::string escapedForSnippet(std::string_view text);

}  // namespace kdsl::query
