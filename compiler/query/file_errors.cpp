#include "query/file_errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <unordered_set>

#include "diag/codes/names.hpp"
#include "diag/codes/syntax.hpp"

namespace kdsl::query {

namespace code = diag::code;

namespace {

/// Blanks at the begin of a line; nothing of one that says nothing.
std::optional<std::size_t> indentationOf(const source::File& file, std::uint32_t line) {
  const auto span = file.lines().line(file.text, line);
  const auto text = std::string_view(file.text).substr(span.begin, span.size());
  const auto blanks = text.find_first_not_of(" \t\r");
  return blanks == std::string_view::npos || text.substr(blanks).starts_with("//") ? std::nullopt : std::optional(blanks);
}

bool isIndentedBelow(const source::File& file, std::uint32_t outer, std::uint32_t line) {
  if (line >= file.lines().lineCount()) return false;
  const auto own = indentationOf(file, line);
  return !own || *own > indentationOf(file, outer).value_or(0);
}

/// Where a file that declares nothing, and sets `apiVersion` and `kind`, says the former.
std::optional<source::Span> manifestIn(const hir::Module& module) {
  const auto body = module[hir::moduleItem].body;
  if (module.extends != 0 || !base::valid(body) || !module.childrenOf(module[hir::moduleItem]).empty()) return std::nullopt;
  std::optional<source::Span> version;
  bool hasKind = false;
  for (const auto& entry : module.entriesOf(module[body])) {
    if (entry.segmentCount != 1) continue;
    const auto& key = module.segmentsOf(entry).front();
    if (base::text(key.name) == "apiVersion") version = key.span;
    hasKind = hasKind || base::text(key.name) == "kind";
  }
  return hasKind ? version : std::nullopt;
}

/// What lines of one file cannot be judged by, since they cannot be read.
class BrokenLines {
 public:
  explicit BrokenLines(const source::File& file) : file_(file) {}

  std::uint32_t lineOf(std::uint32_t offset) const { return file_.lines().lineColumn(file_.text, offset, source::ColumnUnit::Utf8).line; }

  /// False if the error itself follows from one before it.
  bool add(const diag::Diagnostic& error) {
    const auto line = lineOf(error.primary.at.span.begin);
    if (line < nestedUpTo_) return false;
    lines_.insert(line);
    if (error.code == code::missing_value) {  // lines that are indented below a key without a value: a block of YAML
      for (nestedUpTo_ = line + 1; isIndentedBelow(file_, line, nestedUpTo_); ++nestedUpTo_) lines_.insert(nestedUpTo_);
    }
    if (error.code == code::unclosed_bracket && !error.related.empty()) {  // what was meant to stand behind the bracket stands in it
      const auto last = lineOf(error.related.front().at.span.begin);
      for (auto inside = line + 1; inside <= last; ++inside) lines_.insert(inside);
    }
    return true;
  }

  bool contains(const diag::Diagnostic& other) const { return !lines_.empty() && lines_.contains(lineOf(other.primary.at.span.begin)); }

 private:
  const source::File& file_;
  std::unordered_set<std::uint32_t> lines_;
  std::uint32_t nestedUpTo_ = 0;
};

/// An import may be unused only because the line that uses it is wrong: nothing was read there, or its name is misspelled.
void dropDoubtfulUnused(std::vector<diag::Diagnostic>& found, bool hasSyntaxErrors) {
  const auto isMisspelled = [&](const std::string& name) {
    return std::ranges::any_of(found, [&](const diag::Diagnostic& error) {
      return error.code != code::unused_import && std::ranges::any_of(error.fixes, [&](const diag::Fix& fix) { return fix.edits.size() == 1 && fix.edits.front().text == name; });
    });
  };
  std::erase_if(found, [&](const diag::Diagnostic& one) { return one.code == code::unused_import && (hasSyntaxErrors || isMisspelled(one.arguments.front())); });
}

}  // namespace

std::vector<diag::Diagnostic> errorsOf(LoadedFiles& files, const sema::Workspace& workspace, FileId file) {
  const auto& written = files.table()[file];
  const auto lowered = files.hir(file);
  if (const auto version = manifestIn(*lowered)) {
    diag::Sink sink;
    sink.report(code::yaml_manifest, {file, *version}).label(fmt::format("`kdsl import yaml {}` writes it as a module", written.path.starts_with('/') ? written.displayPath : "-"));
    return sink.take();
  }
  const auto syntax = files.syntaxErrors(file);
  BrokenLines broken(written);
  std::vector<diag::Diagnostic> found;
  std::ranges::copy_if(syntax, std::back_inserter(found), [&](const diag::Diagnostic& error) { return broken.add(error); });
  // What a line with a syntax error means is a guess: what else is wrong with it is told when it can be read.
  const auto append = [&](const std::vector<diag::Diagnostic>& more) {
    std::ranges::copy_if(more, std::back_inserter(found), [&](const diag::Diagnostic& diagnostic) { return diagnostic.primary.at.file != file || !broken.contains(diagnostic); });
  };
  append(lowered->diagnostics);
  append(workspace.module(file).diagnostics);
  dropDoubtfulUnused(found, !syntax.empty());
  return found;
}

}  // namespace kdsl::query
