#include "query/test_targets.hpp"

#include <fmt/format.h>

#include "diag/codes/projects.hpp"
#include "emit/object_writer.hpp"
#include "eval/build.hpp"
#include "graph/analysis.hpp"
#include "query/build.hpp"
#include "query/identity.hpp"

namespace kdsl::query {

namespace code = diag::code;

TestTargets::Prepared* TestTargets::prepare(eval::Evaluator& evaluator, std::string_view name, source::Location at) {
  if (const auto known = prepared_.find(name); known != prepared_.end()) return &known->second;
  if (project_ == nullptr) {
    evaluator.report(code::target_without_project, at, {std::string(name)});
    return nullptr;
  }
  const auto* target = project_->target(name);
  if (target == nullptr) {
    auto& diagnostic = evaluator.report(code::no_such_target, at, {std::string(name)});
    std::string names;
    for (const auto& other : project_->targets) names += fmt::format("{}`{}`", names.empty() ? "" : ", ", other.name);
    if (const auto near = project_->nearTarget(name); !near.empty()) {
      diagnostic.label(fmt::format("did you mean `{}`?", near));
    } else if (!names.empty()) {
      diagnostic.note("its targets are " + names);
    }
    return nullptr;
  }
  const auto wanted = target->kubernetesMinor != 0 ? target->kubernetesMinor : project_->kubernetesMinor;
  const auto minor = workspace_.schema().minor();
  if (wanted != 0 && wanted != minor) {
    evaluator.report(code::target_of_other_version, at, {target->name, fmt::format("1.{}", wanted), fmt::format("1.{}", minor)}).note(fmt::format("`kdsl test --kubernetes 1.{}` runs it with that", wanted));
    return nullptr;
  }
  auto& made = prepared_[target->name];
  made.options.project = project_;
  made.options.target = target;
  made.options.limits = limits_;
  made.root = files_.resolveImport(project_->file, {hir::PathUse::Import, base::intern(target->file), target->at.span, base::none<hir::ExprId>}, made.problems).file;
  if (!base::valid(made.root)) return &made;
  made.setup = setUp(files_, workspace_, made.root, made.options, made.problems);
  if (!made.setup.ok) return &made;
  for (const auto file : made.setup.closure) inputs_.load(workspace_.module(file), made.problems);
  return &made;
}

eval::Value TestTargets::make(eval::Evaluator& evaluator, std::string_view name, source::Location at) {
  auto* prepared = prepare(evaluator, name, at);
  if (prepared == nullptr) return eval::Value::error();
  for (const auto& problem : prepared->problems) evaluator.sink().add(problem);
  if (!prepared->setup.ok) return eval::Value::error();
  auto* const root = rootOf(evaluator, prepared->setup, prepared->root, prepared->options);
  const auto made = eval::Value::record(root);
  diag::Sink found;
  {
    const eval::Evaluator::Redirected redirected(evaluator, found);
    eval::BuildWalk walk(evaluator);
    walk.root(root);
    graph::Analysis analysis(evaluator, plans_, files_.table(), prepared->root);
    std::vector<emit::ObjectText> texts;
    std::vector<eval::Place*> places;
    for (const auto& object : walk.objects()) {
      auto text = emit::writeObject(evaluator, object.place, emit::Format::Yaml, limits_.outputBytes);
      analysis.add(object, !text);
      if (!text) continue;
      texts.push_back(std::move(*text));
      places.push_back(object.place);
    }
    std::vector<Identity> identities;
    identities.reserve(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) identities.push_back({places[i], &texts[i]});
    checkIdentities(evaluator, identities);
    std::vector<eval::Policy> policies;
    addPoliciesOf(evaluator, prepared->root, root, policies);
    for (const auto& policy : prepared->setup.policies) addPolicyFile(evaluator, policy, policies);
    if (!found.hasErrors()) evaluator.checkPolicies(made, policies);
    for (const auto& object : walk.externals()) analysis.addExternal(object);
    if (!evaluator.exhausted()) analysis.check(found);
  }
  for (const auto& problem : found.all()) evaluator.sink().add(problem);
  return made;
}

}  // namespace kdsl::query
