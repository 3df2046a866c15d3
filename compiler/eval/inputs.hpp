#pragma once
// What a build is given besides its modules.
#include <string>
#include <string_view>
#include <vector>

#include "codec/data.hpp"
#include "hir/module.hpp"

namespace kdsl::eval {

/// A param that is set from outside, in the outermost layer of the root: `-p name=text`, read by the param's type, or a value of the project file.
struct Parameter {
  std::string name;
  std::string text;
  const codec::Data* value = nullptr;  // instead of the text
  source::Location at;                 // where it is set; on the command line its argument, if that is known
};

/// Implemented by the query layer: everything is loaded before evaluation starts, so calls are look-ups.
class Inputs {
 public:
  virtual ~Inputs() = default;
  virtual const std::vector<Parameter>& parameters() const = 0;
  /// A data import, read; nullptr if it could not be (reported).
  virtual const codec::Data* data(source::FileId importer, std::uint32_t import) const = 0;
  /// The data file itself, for places in it.
  virtual source::FileId dataFile(source::FileId importer, std::uint32_t import) const = 0;
  /// `embed`: the text of the file that a call names; nullptr if it could not be read (reported).
  virtual const std::string* embedded(source::FileId importer, hir::ExprId call) const = 0;
  /// `embedDir`: file names and texts, sorted by name.
  virtual const std::vector<std::pair<std::string, std::string>>* embeddedFolder(source::FileId importer, hir::ExprId call) const = 0;
  /// The text of a piece of a module, for messages.
  virtual std::string sourceText(source::FileId file, source::Span span) const = 0;
  /// Whether a file is of the standard library or of a dependency: not one that those who build would mend.
  virtual bool isForeign(source::FileId file) const = 0;
  /// The arguments of the command line as a text to point into; none if they are not known.
  virtual source::FileId commandLine() const { return base::none<source::FileId>; }
};

}  // namespace kdsl::eval
