#include "query/policies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "base/near_name.hpp"
#include "diag/codes/evaluation.hpp"
#include "diag/codes/projects.hpp"

namespace kdsl::query {

namespace code = diag::code;
using hir::ItemKind;

namespace {

/// The file and those that it extends, the file first.
std::vector<FileId> extendedChain(const sema::Program& program, FileId file) {
  std::vector<FileId> chain;
  for (auto at = file; base::valid(at);) {
    chain.push_back(at);
    const auto& nominal = program.nominal(program.module(at).nominals[0]);
    if (!base::valid(nominal.base)) break;
    at = program.nominal(nominal.base).declaration.file;
  }
  return chain;
}

/// The files, and what those among them import that are checked on demand.
std::vector<FileId> withLibrary(const sema::Workspace& workspace, std::vector<FileId> files) {
  std::unordered_set<FileId> seen(files.begin(), files.end());
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!workspace.isCheckedOnDemand(files[i])) continue;
    for (const auto& target : workspace.module(files[i]).imports) {
      if (base::valid(target.file) && seen.insert(target.file).second) files.push_back(target.file);
    }
  }
  return files;
}

bool declaresPolicy(const hir::Module& module) {
  return std::any_of(module.items.begin(), module.items.end(), [](const hir::Item& item) { return item.kind == ItemKind::Policy; });
}

/// Names of checks, as `waive` calls them.
class CheckNames {
 public:
  void add(const hir::Module& module) {
    std::vector<bool> inPolicy(module.entries.size());
    for (const auto& item : module.items) {
      if (item.kind != ItemKind::Policy || !base::valid(item.body)) continue;
      names_.insert(item.name);
      addPolicy(module, item.body, item.name, inPolicy);
    }
    for (std::size_t i = 0; i < module.entries.size(); ++i) {
      const auto& entry = module.entries[i];
      if (entry.kind == hir::EntryKind::Check && entry.name != base::emptySymbol && !inPolicy[i]) names_.insert(entry.name);
    }
  }

  bool has(base::Symbol name) const { return names_.contains(name); }

  std::string nearest(std::string_view name) const {
    std::vector<std::string_view> all;
    all.reserve(names_.size());
    for (const auto known : names_) all.push_back(base::text(known));
    std::sort(all.begin(), all.end());
    return std::string(base::nearest(name, all));
  }

 private:
  void addPolicy(const hir::Module& module, hir::BodyId body, base::Symbol policy, std::vector<bool>& inPolicy) {
    if (!base::valid(body)) return;
    const auto& entries = module[body];
    for (std::uint32_t i = 0; i < entries.entryCount; ++i) {
      const auto& entry = module.entries[entries.firstEntry + i];
      inPolicy[entries.firstEntry + i] = true;
      if (entry.kind == hir::EntryKind::Check && entry.name != base::emptySymbol) names_.insert(base::intern(fmt::format("{}.{}", base::text(policy), base::text(entry.name))));
      addPolicy(module, entry.then, policy, inPolicy);
      addPolicy(module, entry.otherwise, policy, inPolicy);
    }
  }

  std::unordered_set<base::Symbol> names_;
};

}  // namespace

std::vector<PolicyFile> findPolicyFiles(LoadedFiles& files, const sema::Workspace& workspace, const std::vector<PolicyUse>& uses, std::vector<diag::Diagnostic>& out) {
  std::vector<PolicyFile> found;
  for (const auto& use : uses) {
    const auto target = files.resolveImport(use.from, {hir::PathUse::Import, base::intern(use.file), use.fileAt.span, base::none<hir::ExprId>}, out);
    if (!base::valid(target.file)) continue;
    const auto chain = extendedChain(workspace, target.file);
    if (std::none_of(chain.begin(), chain.end(), [&](FileId file) { return declaresPolicy(*workspace.module(file).hir); })) {
      diag::Sink sink;
      sink.report(code::no_policy_in_file, use.at, {use.file}).note("a policy is declared as `policy Name { each … { check … } }`");
      out.push_back(sink.take().front());
      continue;
    }
    found.push_back({target.file, &use});
  }
  return found;
}

void addPoliciesOf(eval::Evaluator& evaluator, FileId file, eval::Place* root, std::vector<eval::Policy>& out, PolicyMode mode) {
  for (const auto member : extendedChain(evaluator.program(), file)) {
    const auto& module = *evaluator.program().module(member).hir;
    for (std::uint32_t i = 0; i < module.items.size(); ++i) {
      if (module.items[i].kind != ItemKind::Policy) continue;
      const hir::ItemId item{i};
      out.push_back({member, item, evaluator.policyInstance(member, item, root), mode.warnsOnly, mode.inFails});
    }
  }
}

void addPolicyFile(eval::Evaluator& evaluator, const PolicyFile& policies, std::vector<eval::Policy>& out, bool inFails) {
  const auto& use = *policies.use;
  if (use.severity == PolicySeverity::Off) return;
  const auto parameters = parametersOf(use.params);
  auto* root = evaluator.rootWith(policies.file, parameters);
  for (const auto& member : evaluator.program().nominal(evaluator.program().module(policies.file).nominals[0]).members) {
    if (member.kind != types::MemberKind::Param || !member.required || !evaluator.force(evaluator.child(root, member.name)).isAbsent()) continue;
    const auto name = base::text(member.name);
    auto& diagnostic = evaluator.report(code::policy_param_missing, use.at, {use.file, std::string(name)});
    diagnostic.also(member.declared, "has no default");
    diagnostic.note(fmt::format("set it in project.kdsl: `params: {{ {}: … }}`", name));
    return;
  }
  addPoliciesOf(evaluator, policies.file, root, out, {use.severity == PolicySeverity::Warning, inFails});
}

void checkWaivers(const sema::Workspace& workspace, const std::vector<FileId>& files, const std::vector<FileId>& known, bool policiesKnown, std::vector<diag::Diagnostic>& out) {
  CheckNames names;
  bool complete = false;
  diag::Sink sink;
  for (const auto file : files) {
    const auto& module = *workspace.module(file).hir;
    for (const auto& entry : module.entries) {
      if (entry.kind != hir::EntryKind::Waive || entry.name == base::emptySymbol) continue;
      if (base::valid(entry.value) && module[entry.value].kind == hir::ExprKind::String && base::text(base::Symbol{module[entry.value].a}).find_first_not_of(" \t") == std::string_view::npos) {
        sink.report(code::waiver_without_reason, {file, module[entry.value].span}, {std::string(base::text(entry.name))}).label("say why");
      }
      if (!complete) {
        for (const auto other : withLibrary(workspace, known)) names.add(*workspace.module(other).hir);
        complete = true;
      }
      const auto name = base::text(entry.name);
      if (names.has(entry.name) || (!policiesKnown && name.find('.') != std::string_view::npos)) continue;
      auto& diagnostic = sink.report(code::unknown_waiver, {file, entry.nameSpan}, {std::string(name)});
      if (const auto near = names.nearest(name); !near.empty()) {
        diagnostic.label(fmt::format("did you mean `{}`?", near));
        diagnostic.fixReplace(fmt::format("waive `{}`", near), {file, entry.nameSpan}, near);
      } else {
        diagnostic.note("a check of a policy is named with it: `waive Images.pinned because \"…\"`");
      }
    }
  }
  out.insert(out.end(), sink.all().begin(), sink.all().end());
}

std::vector<eval::Parameter> parametersOf(const std::vector<Setting>& settings) {
  std::vector<eval::Parameter> parameters;
  parameters.reserve(settings.size());
  for (const auto& setting : settings) parameters.push_back({setting.name, {}, setting.value.get(), setting.at});
  return parameters;
}

}  // namespace kdsl::query
