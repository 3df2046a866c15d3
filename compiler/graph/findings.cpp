#include "graph/findings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kdsl::graph {

namespace {
constexpr std::size_t shownRepetitions = 3;
}

diag::Diagnostic* Findings::report(diag::Code code, const Node& at, std::vector<std::string> arguments) {
  const auto where = at.where(evaluator_);
  const auto [known, isNew] = places_.try_emplace(Place{code, where}, Repetition{found_.size(), {}, 0});
  if (isNew) return &found_.report(code, where, std::move(arguments));
  auto& repetition = known->second;
  ++repetition.others;
  if (repetition.paths.size() < shownRepetitions) repetition.paths.push_back(fmt::format("`{}`", pathOf(at)));
  return nullptr;
}

bool Findings::isWritten(source::Location at, std::string_view text) const {
  if (!base::valid(at.file)) return false;
  if (files_[at.file].builtIn) return false;
  const std::string_view source = files_[at.file].text;
  return at.span.end <= source.size() && at.span.begin <= at.span.end && source.substr(at.span.begin, at.span.size()) == text;
}

void Findings::replaceText(diag::Diagnostic& diagnostic, const Node& at, std::string_view text) const {
  const auto where = at.where(evaluator_);
  if (isWritten(where, fmt::format("\"{}\"", at.text()))) {
    diagnostic.fixReplace(fmt::format("write \"{}\"", text), where, fmt::format("\"{}\"", text));
  } else if (isWritten(where, at.text())) {
    diagnostic.fixReplace(fmt::format("write {}", text), where, std::string(text));
  }
}

void Findings::replaceNumber(diag::Diagnostic& diagnostic, const Node& at, std::string_view text) const {
  const auto where = at.where(evaluator_);
  const auto written = at.value().is(ValueKind::Quantity) ? at.value().asQuantity().text() : fmt::format("{}", at.integer());
  if (isWritten(where, written)) diagnostic.fixReplace(fmt::format("write {}", text), where, std::string(text));
}

void Findings::declare(diag::Diagnostic& diagnostic, std::string title, std::string declaration) const {
  if (!base::valid(root_)) return;
  const std::string_view source = files_[root_].text;
  const auto end = static_cast<std::uint32_t>(source.size());
  const auto* lead = source.empty() || source.back() == '\n' ? "" : "\n";
  diagnostic.fix(std::move(title), {{{root_, {end, end}}, fmt::format("{}{}\n", lead, declaration)}});
}

void Findings::moveTo(diag::Sink& sink) {
  auto all = found_.take();
  for (const auto& [place, repetition] : places_) {
    if (repetition.others == 0) continue;
    const auto more = repetition.others - repetition.paths.size();
    all[repetition.finding].note(fmt::format("the same for {}{}", fmt::join(repetition.paths, ", "), more == 0 ? std::string() : fmt::format(" and {} more", more)));
  }
  for (auto& finding : all) sink.add(std::move(finding));
}

}  // namespace kdsl::graph
