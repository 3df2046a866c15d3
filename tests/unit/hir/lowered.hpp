#pragma once
// Lowers a text, for tests.
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "hir/lower.hpp"

namespace kdsl::hir::test {

using Errors = std::vector<std::string>;

/// A text with its tree and its module. Neither copied nor moved: the tree views the text.
class Lowered {
 public:
  explicit Lowered(std::string text) : text_(std::move(text)), parsed_(syntax::parse(source::FileId{0}, text_)) {
    module_ = lower(source::FileId{0}, text_, parsed_);
  }
  Lowered(const Lowered&) = delete;
  Lowered& operator=(const Lowered&) = delete;

  const Module& module() const { return *module_; }
  std::string_view text() const { return text_; }
  std::string hir() const { return dumpHir(*module_); }
  std::string items() const { return dumpItems(*module_); }

  /// Syntax errors, then those of lowering, as `code "source under it" message | "source under a related label"…`.
  Errors errors() const {
    Errors all;
    for (const auto& diagnostic : parsed_.diagnostics) all.push_back(describe(diagnostic));
    for (const auto& diagnostic : module_->diagnostics) all.push_back(describe(diagnostic));
    return all;
  }

  std::string_view at(source::Span span) const { return std::string_view(text_).substr(span.begin, span.size()); }

 private:
  std::string describe(const diag::Diagnostic& diagnostic) const {
    std::string line = diag::codeText(diagnostic) + " \"" + std::string(at(diagnostic.primary.at.span)) + "\" " + diag::message(diagnostic);
    for (const auto& label : diagnostic.related) line += " | \"" + std::string(at(label.at.span)) + "\"";
    return line;
  }

  std::string text_;
  syntax::ParseResult parsed_;
  ModulePtr module_;
};

inline std::string hirOf(std::string text) { return Lowered(std::move(text)).hir(); }
inline Errors errorsOf(std::string text) { return Lowered(std::move(text)).errors(); }

}  // namespace kdsl::hir::test
