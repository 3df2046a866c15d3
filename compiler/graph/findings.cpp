#include "graph/findings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kdsl::graph {

namespace {
constexpr std::size_t shownRepetitions = 3;
}

diag::Diagnostic* Findings::report(diag::Code code, const Node& at, std::vector<std::string> arguments) {
  const auto where = at.where(evaluator_);
  const auto shown = isEditable(where) ? where : editable(at);
  const auto [known, isNew] = places_.try_emplace(Place{code, where, shown}, Repetition{found_.size(), {}, 0});
  if (isNew) {
    auto& diagnostic = found_.report(code, shown, std::move(arguments));
    if (shown != where) diagnostic.also(where, "set here");
    return &diagnostic;
  }
  auto& repetition = known->second;
  ++repetition.others;
  if (repetition.paths.size() < shownRepetitions) repetition.paths.push_back(fmt::format("`{}`", pathOf(at)));
  return nullptr;
}

bool Findings::isEditable(source::Location at) const { return base::valid(at.file) && !files_[at.file].builtIn; }

/// The user's own line that made a value of the standard library; the library's where there is none.
source::Location Findings::editable(const Node& at) const {
  for (const auto* place = at.place(); place != nullptr; place = place->parent) {
    if (const auto made = evaluator_.whereSet(place); isEditable(made)) return made;
  }
  return at.where(evaluator_);
}

bool Findings::isWritten(source::Location at, std::string_view text) const {
  if (!isEditable(at)) return false;
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

bool Findings::isOfTarget(const Node& at) const {
  const auto place = at.where(evaluator_);
  return base::valid(place.file) && files_[place.file].path == "std/target.kdsl";
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
