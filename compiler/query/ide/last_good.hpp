#pragma once
// What values were before the files had errors: while nothing can be evaluated, an editor goes on showing them. Internal to this folder.
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "query/ide/text_change.hpp"
#include "query/ide/values.hpp"
#include "query/session.hpp"

namespace kdsl::query {

class Assistant;

/// Keeps the texts that were right last, and asks a session of its own about them; that is made when it is first needed. Answers are in the places and
/// files of the session that it is for.
class LastGood {
 public:
  explicit LastGood(Session& session);
  ~LastGood();
  LastGood(const LastGood&) = delete;
  LastGood& operator=(const LastGood&) = delete;

  /// The root has no static errors: the texts that it reads are right. O(size of the texts), without copying those that are known.
  void remember(FileId root);
  /// As Assistant::values; nothing at places that are new since.
  std::vector<ValuesInView> values(FileId file, std::uint32_t offset, const ValueOptions& options);
  /// As Assistant::valueHints, without those at places that are new since.
  std::vector<InlayHint> valueHints(FileId file, Span range, const ValueOptions& options);

 private:
  struct Shadow;
  /// The file in the session of the texts that were right; none if it never was.
  FileId shadowOf(FileId file);
  TextChange changeOf(FileId file) const;
  ValueOptions shadowOptions(const ValueOptions& options);
  source::Location here(const source::Location& at);
  void moveHere(eval::Provenance& value);

  Session& session_;
  std::map<std::string, std::string> texts_;  // by path
  std::unique_ptr<Shadow> shadow_;
};

}  // namespace kdsl::query
