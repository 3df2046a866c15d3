#pragma once
// What a build makes, as one text of YAML, with where each line comes from.
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "lsp/features/build_choice.hpp"

namespace kdsl::lsp {

struct RenderedView {
  struct Object {
    std::string apiVersion, kind, name, namespaceName;
    std::uint32_t line = 0;  // of `text`
    std::uint32_t lines = 0;
  };
  /// What a build made; lines count from the begin of the YAML.
  struct Made {
    std::string yaml;
    std::vector<Object> objects;
    std::vector<emit::LineSource> lines;
    std::map<FileId, std::string> texts;  // that `lines` are about, as they were
    std::string time;                     // of day, `14:03:21`
  };
  std::string key;
  std::uint64_t revision = 0;
  FileId root = base::none<FileId>;
  bool ok = false;
  /// Nothing can be made now: this is what was made last. Its lines lead to where their source has moved.
  bool isOld = false;
  std::shared_ptr<const Made> made;
  /// Errors as comments, then the objects.
  std::string text;
  std::uint32_t commentLines = 0;
  std::vector<Object> objects;
  /// Of `text`, ascending; several may be of one line, the innermost last. Empty for a revision.
  std::vector<emit::LineSource> lines;
  std::vector<std::string> problems;

  /// The YAML alone.
  std::string_view yaml() const;
  std::string_view textOf(const Object& object) const;
  /// What decided the value on a line, then where it is set, if that is another place. Of a line without a source, those of the nearest above.
  std::vector<source::Location> sourcesOf(std::uint32_t line) const;
  /// The lines that come from the place, as ranges [first, last], ascending; of the smallest values there.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> linesOf(const source::FileTable& files, FileId file, std::uint32_t offset) const;

 private:
  std::size_t offsetOf(std::uint32_t line) const;
};

/// The last few views; each is built again when something that it reads changed.
class RenderedViews {
 public:
  /// nullptr, and why, if there is nothing to build; also if it was cancelled.
  const RenderedView* of(Context& context, const BuildChoice& choice, std::string& problem);

 private:
  static constexpr std::size_t kept = 6;
  std::vector<RenderedView> views_;  // used last comes last
};

}  // namespace kdsl::lsp
