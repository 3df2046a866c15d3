// What values are in the builds that a file is part of.
#include <algorithm>
#include <map>

#include "query/ide/assistant.hpp"

namespace kdsl::query {

namespace {

constexpr std::size_t shownPerHint = 3;
/// Bytes: a hint stands in the line.
constexpr std::size_t longestValue = 40;
constexpr std::size_t longestHint = 90;

std::string shortened(const std::string& text, std::size_t longest) {
  if (text.size() <= longest) return text;
  auto cut = longest;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return text.substr(0, cut) + "…";
}

/// "2", or what it is in which view: "2 (dev), 5 (prod)".
struct HintText {
  std::vector<std::pair<std::string, std::vector<std::string>>> values;  // with the views that have each

  void add(const std::string& value, const std::string& view) {
    auto found = std::find_if(values.begin(), values.end(), [&](const auto& known) { return known.first == value; });
    if (found == values.end()) found = values.insert(values.end(), {value, {}});
    if (std::find(found->second.begin(), found->second.end(), view) == found->second.end()) found->second.push_back(view);
  }

  std::string text(std::size_t views) const {
    std::string out;
    for (std::size_t i = 0; i < values.size() && i < shownPerHint; ++i) {
      const auto& [value, in] = values[i];
      if (out.size() > longestHint / 2 && out.size() + value.size() > longestHint) return out + ", …";
      out += (i == 0 ? "" : ", ") + shortened(value, longestValue);
      const bool tellsView = values.size() > 1 && in.size() < views && !in.front().empty();
      if (!tellsView) continue;
      out += " (";
      for (std::size_t k = 0; k < in.size() && k < shownPerHint; ++k) out += (k == 0 ? "" : ", ") + in[k];
      out += in.size() > shownPerHint ? ", …)" : ")";
    }
    return values.size() > shownPerHint ? out + ", …" : out;
  }
};

/// Views one after the other, as long as there is time.
class ViewBudget {
 public:
  ViewBudget(Session& session, const ValueOptions& options) : session_(session), options_(options), end_(std::chrono::steady_clock::now() + options.budget) {}

  /// nullptr if there is nothing to ask; `skipped` tells that there was no time.
  Evaluation* evaluate(const BuildView& view, bool& skipped) {
    skipped = !first_ && !session_.isEvaluated(view) && std::chrono::steady_clock::now() >= end_;
    first_ = false;
    const bool isStopped = options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed);
    return skipped || isStopped ? nullptr : session_.evaluation(view, options_.stop);
  }

 private:
  Session& session_;
  const ValueOptions& options_;
  std::chrono::steady_clock::time_point end_;
  bool first_ = true;
};

}  // namespace

std::vector<ValuesInView> Assistant::values(FileId file, std::uint32_t offset, const ValueOptions& options) {
  std::vector<ValuesInView> found;
  const auto facts = session_.facts(file);
  const auto pieces = piecesAt(facts, index(file, facts), offset);
  if (session_.files()[file].builtIn) return found;
  if (pieces.empty()) {
    // What cannot be read now may have stood for something before.
    const auto errors = session_.staticErrors(file);
    const bool isBroken = std::any_of(errors.begin(), errors.end(), [](const diag::Diagnostic& one) { return one.severity == diag::Severity::Error; });
    return isBroken ? lastGood_.values(file, offset, options) : found;
  }
  ViewBudget budget(session_, options);
  std::vector<BuildView> broken;
  for (const auto& view : session_.viewsOf(file, options.roots)) {
    ValuesInView values;
    values.view = view;
    const bool isNew = !session_.isEvaluated(view);
    if (auto* evaluation = budget.evaluate(view, values.skipped)) {
      if (isNew) lastGood_.remember(view.root);
      for (const auto& piece : pieces) {
        auto of = evaluation->valuesOf(piece, options.limit, options.inputs);
        values.more += of.more;
        for (auto& value : of.all) {
          const bool isKnown = std::any_of(values.values.begin(), values.values.end(), [&](const eval::Provenance& other) { return other.path == value.path; });
          if (!isKnown) values.values.push_back(std::move(value));
        }
      }
    } else if (!values.skipped) {
      broken.push_back(view);
    }
    if (values.skipped || !values.values.empty()) found.push_back(std::move(values));
  }
  const bool anyKnown = std::any_of(found.begin(), found.end(), [](const ValuesInView& view) { return !view.skipped; });
  if (!anyKnown) found.clear();
  if (broken.empty()) return found;
  for (auto& old : lastGood_.values(file, offset, options)) {
    const bool isWanted = std::any_of(broken.begin(), broken.end(), [&](const BuildView& view) { return view.root == old.view.root && view.target == old.view.target; });
    if (isWanted && !old.skipped) found.push_back(std::move(old));
  }
  return found;
}

std::optional<Span> Assistant::valueSpan(FileId file, std::uint32_t offset) {
  const auto facts = session_.facts(file);
  return spanOfPiece(facts, index(file, facts), offset);
}

std::vector<InlayHint> Assistant::valueHints(FileId file, Span range, const ValueOptions& options) {
  std::vector<InlayHint> hints;
  const auto computed = computedValues(session_.facts(file), range);
  if (computed.empty() || session_.files()[file].builtIn) return hints;
  std::map<std::uint32_t, HintText> texts;  // by the position in `computed`
  std::size_t views = 0;
  bool isBroken = false;
  ViewBudget budget(session_, options);
  for (const auto& view : session_.viewsOf(file, options.roots)) {
    bool skipped = false;
    const bool isNew = !session_.isEvaluated(view);
    auto* evaluation = budget.evaluate(view, skipped);
    if (evaluation != nullptr && isNew) lastGood_.remember(view.root);
    if (evaluation == nullptr) {
      isBroken = isBroken || !skipped;
      continue;
    }
    ++views;
    for (std::uint32_t i = 0; i < computed.size(); ++i) {
      for (const auto& value : evaluation->valuesOf(computed[i].piece, computed[i].expr, options.limit)) texts[i].add(value.isInForce ? value.value : value.value + " (overridden)", view.target);
    }
  }
  if (views == 0 && isBroken) return lastGood_.valueHints(file, range, options);
  for (const auto& [at, text] : texts) hints.push_back({computed[at].span.end, " = " + text.text(views), HintKind::Value});
  return hints;
}

std::vector<MatchesInView> Assistant::clauseMatches(FileId file, std::uint32_t offset, const ValueOptions& options) {
  std::vector<MatchesInView> found;
  const auto all = clauses(file);
  const auto clause = std::find_if(all.begin(), all.end(), [&](const Clause& one) { return one.span.begin == offset; });
  if (clause == all.end()) return found;
  ViewBudget budget(session_, options);
  for (const auto& view : session_.viewsOf(file, options.roots)) {
    bool skipped = false;
    if (auto* evaluation = budget.evaluate(view, skipped)) found.push_back({view, evaluation->matchesOf(file, clause->entry)});
  }
  return found;
}

}  // namespace kdsl::query
