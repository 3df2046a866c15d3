// Holds what is built against policies: the checks in their `each` clauses run on the final values and change nothing.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>
#include <vector>

#include "diag/codes/evaluation.hpp"
#include "eval/evaluator.hpp"
#include "eval/frame.hpp"

namespace kdsl::eval {

namespace code = diag::code;
using source::Location;

/// One run of all policies. Findings that come from one leaf are one message at that leaf: ten containers with one image are one mistake.
class PolicyRun {
 public:
  explicit PolicyRun(Evaluator& evaluator) : e_(evaluator) {}

  void run(Value value, std::span<const Policy> policies) {
    collect(value);
    for (const auto& policy : policies) {
      policy_ = &policy;
      const auto& module = e_.program().module(policy.file);
      const auto& item = module.hir->items[base::index(policy.item)];
      if (!base::valid(item.body)) continue;
      name_ = item.name;
      auto* scope = e_.arena_.make<Scope>();
      scope->module = &module;
      scope->members = policy.members;
      // A check outside of every `each` is about each resource.
      body(item.body, e_.bodyScope(scope, item.body), 0, static_cast<std::uint32_t>(values_.size()), nullptr);
    }
    tell();
  }

 private:
  /// A value of a nominal type; what is inside of it stands behind it, up to `end`.
  struct Node {
    Place* place;
    std::uint32_t end;
    std::uint32_t type;  // which of the types that were met
  };
  enum class Named : std::uint8_t { Unknown, No, Yes };
  struct Finding {
    const hir::Entry* entry;
    Location cause;
    diag::Diagnostic diagnostic;
    std::vector<std::string> paths;
  };

  void collect(Value value) {
    if (value.is(ValueKind::List)) {
      for (const auto& item : value.asList().items) collect(item);
      return;
    }
    if (!value.is(ValueKind::Record)) return;
    auto* place = value.asRecord();
    const Frame frame(e_, place);
    if (!frame) return;
    const auto& record = e_.fold(place);
    const auto at = values_.size();
    if (record.nominal != nullptr) values_.push_back({place, 0, types_.try_emplace(record.type, static_cast<std::uint32_t>(types_.size())).first->second});
    collectInside(place, record);
    if (record.nominal != nullptr) values_[at].end = static_cast<std::uint32_t>(values_.size());
  }

  /// Of a component or module what it makes; of anything else all of it.
  void collectInside(Place* place, const Record& record) {
    using types::NominalKind;
    const auto kind = record.nominal == nullptr ? NominalKind::Schema : record.nominal->kind;
    if (kind == NominalKind::Component || kind == NominalKind::Module || kind == NominalKind::Test) {
      for (const auto& member : record.nominal->members) {
        if (member.kind != types::MemberKind::Resource) continue;
        auto* resource = e_.child(place, member.name);
        const auto made = e_.force(resource);
        if (!made.isAbsent() && !resource->external) collect(made);
      }
      return;
    }
    for (const auto key : e_.keys(place)) {
      auto* entry = e_.child(place, key);
      if (entry != nullptr && !entry->isReference && e_.isData(entry)) collect(e_.force(entry));
    }
  }

  void body(hir::BodyId id, const Scope* scope, std::uint32_t first, std::uint32_t end, Place* subject) {
    const auto& hir = *scope->module->hir;
    for (const auto& entry : hir.entriesOf(hir[id])) {
      switch (entry.kind) {
        case hir::EntryKind::Each: each(entry, scope, first, end); break;
        case hir::EntryKind::If: {
          const auto holds = e_.eval(Env{scope, nullptr, 0}, entry.value);
          if (!holds.is(ValueKind::Bool)) break;
          const auto branch = holds.asBool() ? entry.then : entry.otherwise;
          if (base::valid(branch)) body(branch, e_.bodyScope(scope, branch), first, end, subject);
          break;
        }
        case hir::EntryKind::For:
          for (const auto* iteration : e_.iterations(scope, entry.then, entry)) body(entry.then, iteration, first, end, subject);
          break;
        case hir::EntryKind::Check:
          if (subject != nullptr) {
            check(entry, scope, subject);
          } else {
            for (auto i = first; i < end; ++i) {
              auto* place = values_[i].place;
              if (place->record->nominal->isKind()) check(entry, scopeOf(scope, place), place);
            }
          }
          break;
        default: break;
      }
    }
  }

  const Scope* scopeOf(const Scope* outer, Place* self) {
    auto* scope = e_.arena_.make<Scope>(*outer);
    scope->self = self;
    return scope;
  }

  void each(const hir::Entry& clause, const Scope* outer, std::uint32_t first, std::uint32_t end) {
    if (!base::valid(clause.then)) return;
    auto& met = e_.eaches_.try_emplace(&clause, outer->module->hir->file, false).first->second.second;
    auto& named = namedBy_[&clause];
    named.resize(types_.size(), Named::Unknown);
    for (auto i = first; i < end; ++i) {
      auto* place = values_[i].place;
      auto& isNamed = named[values_[i].type];
      if (isNamed == Named::Unknown) isNamed = e_.eachNames(*outer->module, clause, place->record->type) ? Named::Yes : Named::No;
      if (isNamed == Named::No) continue;
      met = true;
      if (!e_.spend(1, place)) return;
      const auto* scope = scopeOf(outer, place);
      if (base::valid(clause.extra)) {
        const auto holds = e_.eval(Env{scope, nullptr, 0}, clause.extra);
        if (!holds.is(ValueKind::Bool) || !holds.asBool()) continue;
      }
      body(clause.then, e_.bodyScope(scope, clause.then), i + 1, values_[i].end, place);
    }
  }

  void check(const hir::Entry& entry, const Scope* scope, Place* subject) {
    if (e_.checkHolds(entry, scope)) return;
    const auto full = entry.name == base::emptySymbol ? name_ : base::intern(fmt::format("{}.{}", base::text(name_), base::text(entry.name)));
    if (entry.name != base::emptySymbol && !entry.isFinal && e_.waived(subject, {full, name_})) return;
    const auto cause = causeOf(Env{scope, nullptr, 0}, entry.value, subject);
    const auto known = std::find_if(findings_.begin(), findings_.end(), [&](const Finding& finding) { return finding.entry == &entry && finding.cause == cause; });
    if (known != findings_.end()) {
      known->paths.push_back(e_.pathOf(subject));
      return;
    }
    auto message = e_.messageOf(entry, scope);
    auto parts = e_.partsOf(Env{scope, nullptr, 0}, entry.value);
    diag::Sink sink;
    auto& diagnostic = sink.report(entry.isWarning || policy_->warnsOnly ? code::warn_failed : code::check_failed, cause, {std::move(message)});
    diagnostic.displayCode = std::string(base::text(full));
    diagnostic.also(e_.locationOf(scope, (*scope->module->hir)[entry.value].span), fmt::format("the policy `{}`", base::text(name_)));
    for (auto& words : parts) diagnostic.note(std::move(words));
    if (entry.isFinal) {
      diagnostic.note("the check is final: nobody can waive it");
    } else if (entry.name != base::emptySymbol) {
      diagnostic.note(fmt::format("where it is meant: `waive {} because \"…\"`", base::text(full)));
    }
    findings_.push_back({&entry, cause, sink.take().front(), {e_.pathOf(subject)}});
  }

  /// Where the value that breaks a check was set: the first setting that decided it, else the whole subject or what it was made for.
  Location causeOf(const Env& env, hir::ExprId condition, const Place* subject) {
    const auto settings = e_.causesOf(env, condition, Defaults::Count);
    return settings.empty() ? e_.madeByUserAt(subject) : settings[0];
  }

  void tell() {
    for (auto& finding : findings_) {
      const auto& paths = finding.paths;
      auto words = fmt::format("in `{}`", paths[0]);
      for (std::size_t i = 1; i < paths.size() && i < 3; ++i) words += fmt::format(", `{}`", paths[i]);
      if (paths.size() > 3) words += fmt::format(" and {} more", paths.size() - 3);
      finding.diagnostic.label(std::move(words));
      e_.sink_->add(std::move(finding.diagnostic));
    }
  }

  Evaluator& e_;
  const Policy* policy_ = nullptr;
  base::Symbol name_{};
  std::vector<Node> values_;
  std::unordered_map<TypeId, std::uint32_t> types_;  // of the values
  std::unordered_map<const hir::Entry*, std::vector<Named>> namedBy_;  // whether a clause is about values of a type
  std::vector<Finding> findings_;
};

void Evaluator::checkPolicies(Value value, bool inFails) {
  std::vector<Policy> policies;
  std::copy_if(policies_.begin(), policies_.end(), std::back_inserter(policies), [&](const Policy& policy) { return inFails || !policy.inFails; });
  checkPolicies(value, policies);
}

void Evaluator::checkPolicies(Value value, std::span<const Policy> policies) {
  if (policies.empty()) return;
  const auto outer = std::exchange(build_, value);
  auto outerAll = std::exchange(allOfBuild_, {});
  PolicyRun(*this).run(value, policies);
  build_ = outer;
  allOfBuild_ = std::move(outerAll);
}

std::vector<source::Location> Evaluator::idleEaches() const {
  std::vector<source::Location> found;
  for (const auto& [entry, state] : eaches_) {
    if (!state.second) found.push_back({state.first, entry->span});
  }
  return found;
}

}  // namespace kdsl::eval
