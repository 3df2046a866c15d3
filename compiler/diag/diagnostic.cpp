#include "diag/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kdsl::diag {

const std::vector<CodeInfo>& allCodes() {
  static const std::vector<CodeInfo> codes = {
#define KD_DIAG(number, severity, name, message) {number, Severity::severity, #name, message},
#include "diag/codes/files.def"
#include "diag/codes/syntax.def"
#include "diag/codes/names.def"
#include "diag/codes/types.def"
#include "diag/codes/evaluation.def"
#include "diag/codes/kubernetes.def"
#include "diag/codes/projects.def"
#include "diag/codes/limits.def"
#undef KD_DIAG
  };
  return codes;
}

const CodeInfo* codeInfo(Code code) {
  const auto& codes = allCodes();
  const auto found = std::find_if(codes.begin(), codes.end(), [&](const CodeInfo& info) { return info.number == static_cast<std::uint16_t>(code); });
  return found == codes.end() ? nullptr : &*found;
}

std::string codeText(const Diagnostic& diagnostic) {
  return diagnostic.displayCode.empty() ? fmt::format("KD{:04}", static_cast<unsigned>(diagnostic.code)) : diagnostic.displayCode;
}

std::string message(const Diagnostic& diagnostic) {
  const auto* info = codeInfo(diagnostic.code);
  const std::string_view pattern = info == nullptr ? std::string_view("{0}") : info->message;
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool argument = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' && pattern[i + 1] >= '0' && pattern[i + 1] <= '9';
    if (!argument) {
      out += pattern[i];
      continue;
    }
    const auto number = static_cast<std::size_t>(pattern[i + 1] - '0');
    if (number < diagnostic.arguments.size()) out += diagnostic.arguments[number];
    i += 2;
  }
  return out;
}

Diagnostic& Sink::report(Code code, source::Location at, std::vector<std::string> arguments) {
  auto& diagnostic = all_.emplace_back();
  diagnostic.code = code;
  if (const auto* info = codeInfo(code)) diagnostic.severity = info->severity;
  diagnostic.arguments = std::move(arguments);
  diagnostic.primary.at = at;
  return diagnostic;
}

bool Sink::hasErrors() const {
  return std::any_of(all_.begin(), all_.end(), [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::Error; });
}

}  // namespace kdsl::diag
