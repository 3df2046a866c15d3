#pragma once
// Errors as data: a code with typed arguments, places and fixes. Text is made by the renderers only.
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "source/span.hpp"

namespace kdsl::diag {

enum class Severity : std::uint8_t { Error, Warning, Info };

/// The number of a code: 4107 is KD4107. Each section's names are in diag/codes/<section>.hpp (`code::unknown_field`), so that a new code
/// concerns only those who report codes of its section.
enum class Code : std::uint16_t {};

/// One place that a message shows, with the words under its caret (may be empty).
struct Label {
  source::Location at;
  std::string text;
};

/// Replaces `at` by `text`.
struct Edit {
  source::Location at;
  std::string text;
};

/// A change that removes the diagnostic when applied whole.
struct Fix {
  std::string title;
  std::vector<Edit> edits;
};

struct Diagnostic {
  Code code{};
  Severity severity = Severity::Error;
  /// Shown in place of `KD1234`: the name of a user's check or policy (`redundant`, `Images.pinned`). Usually empty.
  std::string displayCode;
  /// Fill {0}, {1}… of the message.
  std::vector<std::string> arguments;
  /// Where it is reported: the primary place, with the words under its caret.
  Label primary;
  /// Other places: the other side of a conflict, a declaration. In the order to show.
  std::vector<Label> related;
  /// Lines after the excerpt, each begun with `=`.
  std::vector<std::string> notes;
  std::vector<Fix> fixes;

  // Chained setters, for code that reports.
  Diagnostic& label(std::string text) & { primary.text = std::move(text); return *this; }
  Diagnostic& also(source::Location at, std::string text) & { related.push_back({at, std::move(text)}); return *this; }
  Diagnostic& note(std::string text) & { notes.push_back(std::move(text)); return *this; }
  Diagnostic& fix(std::string title, std::vector<Edit> edits) & { fixes.push_back({std::move(title), std::move(edits)}); return *this; }
  Diagnostic& fixReplace(std::string title, source::Location at, std::string text) & { return fix(std::move(title), {{at, std::move(text)}}); }
};

/// What the tables in diag/codes/ say of a code.
struct CodeInfo {
  std::uint16_t number;
  Severity severity;
  std::string_view name;
  std::string_view message;
};
const CodeInfo* codeInfo(Code code);
/// All codes, in the order of the table.
const std::vector<CodeInfo>& allCodes();

/// `KD4107`, or the display code of a user's check.
std::string codeText(const Diagnostic& diagnostic);
/// The first line's words: the message with its arguments filled in.
std::string message(const Diagnostic& diagnostic);

/// Collects the diagnostics of one pass over one or more files.
class Sink {
 public:
  /// Adds a diagnostic; the reference is valid until the next report.
  Diagnostic& report(Code code, source::Location at, std::vector<std::string> arguments = {});
  void add(Diagnostic diagnostic) { all_.push_back(std::move(diagnostic)); }
  void append(const std::vector<Diagnostic>& others) { all_.insert(all_.end(), others.begin(), others.end()); }

  bool hasErrors() const;
  const std::vector<Diagnostic>& all() const { return all_; }
  std::vector<Diagnostic> take() { return std::move(all_); }
  std::size_t size() const { return all_.size(); }
  /// Drops what was reported after a `size()` taken earlier: for speculative checks.
  void truncate(std::size_t size) { all_.resize(size); }

 private:
  std::vector<Diagnostic> all_;
};

}  // namespace kdsl::diag
