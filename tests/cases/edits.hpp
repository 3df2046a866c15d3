#pragma once
// Edits that a case tries out, and takes back.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "query/session.hpp"
#include "source/file.hpp"

namespace kdsl::cases {

/// Changes of the texts of a session's files, all of them of the texts at the time of the first add().
class Edits {
 public:
  explicit Edits(query::Session& session) : session_(session) {}

  void add(const source::Location& at, std::string text);
  void apply();
  /// The texts from before apply().
  void undo();
  /// Whether the files have those texts by now, but that `{ name }` may have become `{ name: name }`.
  bool isUndone() const;

  std::vector<source::FileId> files() const;
  /// The places that change in the file: see joinedPlaces.
  std::string placesIn(source::FileId file) const;
  /// How many places of which other files: `2 in lib/shop.kdsl`, with paths from the file's folder.
  std::string countsBeside(source::FileId file) const;
  /// Where what begins at the offset begins afterwards.
  std::uint32_t offsetAfter(source::FileId file, std::uint32_t offset) const;

 private:
  struct One {
    source::Span span;
    std::string text;
  };
  query::Session& session_;
  std::map<source::FileId, std::vector<One>> edits_;  // in the order of the places
  std::map<source::FileId, std::string> before_;
};

/// `3:5 name`, one-based.
std::string placeText(std::uint32_t line, std::uint32_t column, std::string_view text);
/// Sorted and joined with commas.
std::string joinedPlaces(std::vector<std::string> places);
bool hasWord(std::string_view text, std::string_view word);

/// The lines of `after` that are not those of `before`, trimmed and joined with ` | `: line by line if there are as many, else all between the first and
/// the last difference.
std::string changedLines(std::string_view before, std::string_view after);

}  // namespace kdsl::cases
