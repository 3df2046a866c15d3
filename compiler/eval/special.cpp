// The built-ins that look at a build rather than at values: `all`, `fails` and `target`.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "diag/codes/projects.hpp"
#include "eval/build.hpp"
#include "eval/evaluator.hpp"

namespace kdsl::eval {

/// `all(T, x)`: resources of type T that the build takes from instance x.
Value Evaluator::allOf(const Env& env, hir::ExprId id) {
  const auto& module = *env.scope->module;
  const auto& expr = (*module.hir)[id];
  if (expr.c == 0) return Value::error();
  const auto wanted = module.resolutions[base::index(module.hir->arguments[expr.b].value)];
  Value within;
  if (expr.c > 1) {
    within = eval(env, module.hir->arguments[expr.b + 1].value);
  } else if (!build_.isAbsent()) {
    auto& found = allOfBuild_[static_cast<std::uint32_t>(wanted.type)];
    if (!found.isAbsent()) return found;
    std::vector<Value> resources;
    collectResources(build_, wanted.type, resources, 0);
    return found = makeList(resources, {});
  } else {
    const auto* top = env.scope->members != nullptr ? env.scope->members : env.scope->self;
    while (top != nullptr && top->parent != nullptr) top = top->parent;
    within = top == nullptr ? Value::error() : Value::record(const_cast<Place*>(top));
  }
  if (within.isError()) return within;
  std::vector<Value> found;
  collectResources(within, wanted.type, found, 0);
  return makeList(found, {});
}

std::vector<Value> Evaluator::resourcesOf(Value value) {
  std::vector<Value> found;
  collectResources(value, types::resourceType, found, 0);
  return found;
}

void Evaluator::collectResources(Value value, TypeId wanted, std::vector<Value>& out, int depth) {
  if (depth > 64) return;
  if (value.is(ValueKind::List)) {
    for (const auto& item : value.asList().items) collectResources(item, wanted, out, depth + 1);
    return;
  }
  if (!value.is(ValueKind::Record)) return;
  auto* place = value.asRecord();
  const auto& record = fold(place);
  if (record.nominal == nullptr) {
    for (const auto& item : itemsOf(value)) collectResources(item, wanted, out, depth + 1);
    return;
  }
  if (hasType(value, wanted)) out.push_back(value);
  if (record.nominal->isKind()) return;
  for (const auto& member : record.nominal->members) {
    if (member.kind != types::MemberKind::Resource) continue;
    auto* resource = child(place, member.name);
    if (resource->forced == Place::State::Running) continue;  // the one that asks
    const auto made = force(resource);
    if (!made.isAbsent() && !resource->external) collectResources(made, wanted, out, depth + 1);
  }
}

/// `fails(e, "code or name")`: true if building e reports exactly that error; or, without any error, exactly that warning.
Value Evaluator::fails(const Env& env, hir::ExprId id) {
  const auto& hir = *env.scope->module->hir;
  const auto& expr = hir[id];
  if (expr.c < 2) return Value::error();
  const auto wanted = eval(env, hir.arguments[expr.b + 1].value);
  if (!wanted.is(ValueKind::String)) return Value::error();
  // What checking found in the argument is an error of it before anything runs.
  const auto& expected = env.scope->module->expectedFailures;
  if (const auto found = expected.find(base::index(id)); found != expected.end()) {
    const bool same = diag::codeText(found->second) == wanted.asString();
    if (!same) failsFound_ = diag::codeText(found->second);
    return Value::boolean(same);
  }
  diag::Sink apart;
  auto* outer = sink_;
  sink_ = &apart;
  const bool outerFails = std::exchange(inFails_, true);
  auto outerReported = std::exchange(reportedOnce_, {});
  const auto value = eval(env, hir.arguments[expr.b].value);
  inFails_ = outerFails;
  if (!value.isError()) {
    BuildWalk walk(*this);
    walk.value(value);
    for (const auto& object : walk.objects()) forceDeep(Value::record(object.place));
    forceDeep(value);
    const bool isTarget = value.is(ValueKind::Record) && checkedTargets_.contains(value.asRecord());
    if (!apart.hasErrors() && !isTarget) checkPolicies(value, true);
  }
  sink_ = outer;
  reportedOnce_ = std::move(outerReported);
  const auto severity = apart.hasErrors() ? diag::Severity::Error : diag::Severity::Warning;
  std::size_t found = 0;
  bool exact = false;
  failsFound_.clear();
  for (const auto& diagnostic : apart.all()) {
    if (diagnostic.severity != severity) continue;
    // A value that is passed on whole is checked again where it arrives: one mistake, as in a build's report.
    const auto isSame = [&](const diag::Diagnostic& other) { return other.primary.at == diagnostic.primary.at && diag::codeText(other) == diag::codeText(diagnostic) && diag::message(other) == diag::message(diagnostic); };
    if (&*std::find_if(apart.all().begin(), apart.all().end(), isSame) != &diagnostic) continue;
    ++found;
    failsFound_ += fmt::format("{}{}", failsFound_.empty() ? "" : ", ", diag::codeText(diagnostic));
    exact = diag::codeText(diagnostic) == wanted.asString() || fmt::format("KD{:04}", static_cast<unsigned>(diagnostic.code)) == wanted.asString();
  }
  const bool same = found == 1 && exact;
  if (same) failsFound_.clear();
  if (found == 0) failsFound_ = "nothing";
  return Value::boolean(same);
}

/// `target("prod")`: what the target builds. Within one test it is made once; within `fails` anew, since its errors are asked for there.
Value Evaluator::target(const Env& env, hir::ExprId id) {
  const auto& hir = *env.scope->module->hir;
  const auto& expr = hir[id];
  if (expr.c == 0) return Value::error();
  const auto name = eval(env, hir.arguments[expr.b].value);
  if (!name.is(ValueKind::String)) return Value::error();
  const auto at = locationOf(env.scope, expr.span);
  if (targets_ == nullptr) {
    report(diag::code::target_outside_test, at).note("a file says what it needs of others by an import");
    return Value::error();
  }
  const auto key = base::intern(name.asString());
  if (const auto known = targetsMade_.find(key); !inFails_ && known != targetsMade_.end()) return known->second;
  const auto made = targets_->make(*this, name.asString(), at);
  if (made.is(ValueKind::Record)) checkedTargets_.insert(made.asRecord());
  if (!inFails_) targetsMade_[key] = made;
  return made;
}

}  // namespace kdsl::eval
