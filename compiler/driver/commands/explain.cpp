#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>

#include "base/near_name.hpp"
#include "diag/diagnostic.hpp"
#include "diag/place.hpp"
#include "driver/command_line.hpp"
#include "driver/commands/commands.hpp"
#include "driver/output.hpp"
#include "driver/pages.hpp"
#include "query/session.hpp"

namespace kdsl::driver {
namespace {

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return text;
}

std::string codeOf(const diag::CodeInfo& info) { return fmt::format("KD{:04}", info.number); }

/// A code may be written `KD4107`, `kd4107`, `4107` or by name, `unknown_field`.
const diag::CodeInfo* findCode(const std::string& word) {
  for (const auto& info : diag::allCodes()) {
    const auto code = codeOf(info);
    if (upper(word) == code || "KD" + word == code || word == info.name) return &info;
  }
  return nullptr;
}

/// The message with `…` for what it is filled with.
std::string patternOf(const diag::CodeInfo& info) {
  std::string text(info.message);
  for (auto at = text.find('{'); at != std::string::npos; at = text.find('{', at)) {
    const bool isHole = at + 2 < text.size() && text[at + 1] >= '0' && text[at + 1] <= '9' && text[at + 2] == '}';
    if (isHole) {
      text.replace(at, 3, "…");
    } else {
      ++at;
    }
  }
  return text;
}

std::string pageOf(const diag::CodeInfo& info) {
  const auto code = codeOf(info);
  for (const auto& page : pages()) {
    if (page.code == code) return std::string(page.text);
  }
  return fmt::format("# {}: {}\n", code, patternOf(info));
}

std::string listOfCodes() {
  std::string out;
  for (const auto& info : diag::allCodes())
    fmt::format_to(std::back_inserter(out), "{}  {:<8} {}\n", codeOf(info), diag::severityText(info.severity), patternOf(info));
  return out;
}

bool looksLikeCode(const std::string& word) { return upper(word).starts_with("KD") && word.size() > 2 && word[2] >= '0' && word[2] <= '9'; }

std::string nearestCode(const std::string& word) {
  std::vector<std::string> codes;
  for (const auto& info : diag::allCodes()) codes.push_back(codeOf(info));
  const std::vector<std::string_view> views(codes.begin(), codes.end());
  return std::string(base::nearest(upper(word), views));
}

ExitCode unknown(const std::string& word, const std::string& near) {
  const auto hint = near.empty() ? std::string() : fmt::format("; did you mean `{}`?", near);
  writeStandardError(fmt::format("kdsl explain: nothing is known of `{}`{}\n", word, hint));
  return ExitCode::Findings;
}

ExitCode explain(const std::string& word) {
  const auto print = [](const std::string& text) { return writeStandardOutput(text) ? ExitCode::Ok : ExitCode::Failure; };
  if (word.empty()) return print(listOfCodes());
  if (const auto* info = findCode(word)) return print(pageOf(*info));
  if (looksLikeCode(word)) return unknown(word, nearestCode(word));
  query::Session session{query::Options{}};
  const auto text = session.explain(word);
  return text ? print(*text) : unknown(word, session.nearestPage(word));
}

}  // namespace

void addExplain(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("explain", "Tell about a diagnostic or a field");
  const auto word = std::make_shared<std::string>();
  command.text("WHAT", "WHAT", *word,
               "A code (KD4107), a kind or field (Deployment.spec.strategy), a module or component (std/app), a param of a component (drain), a type, word, built-in, policy or check. Without it all codes are listed");
  command.example("kdsl explain KD1001", "What the diagnostic means, and what to do about it");
  command.example("kdsl explain Deployment.spec.strategy", "The field's type and documentation");
  command.action([word] { return explain(*word); });
}

}  // namespace kdsl::driver
