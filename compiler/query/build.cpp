#include "query/build.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <unordered_set>

#include "diag/codes/evaluation.hpp"
#include "diag/codes/kubernetes.hpp"
#include "diag/codes/limits.hpp"
#include "emit/apply_order.hpp"
#include "emit/object_writer.hpp"
#include "eval/build.hpp"
#include "graph/analysis.hpp"
#include "graph/draw.hpp"
#include "query/annotate.hpp"
#include "query/build_inputs.hpp"
#include "query/build_setup.hpp"
#include "query/file_errors.hpp"
#include "query/identity.hpp"
#include "query/policies.hpp"

namespace kdsl::query {

namespace code = diag::code;

std::vector<FileId> importClosure(const sema::Workspace& workspace, FileId root) {
  std::vector<FileId> found{root};
  std::unordered_set<FileId> seen{root};
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (workspace.isCheckedOnDemand(found[i])) continue;
    for (const auto& target : workspace.module(found[i]).imports) {
      if (base::valid(target.file) && !target.isData && seen.insert(target.file).second) found.push_back(target.file);
    }
  }
  return found;
}

namespace {

bool hasErrors(const std::vector<diag::Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(), [](const diag::Diagnostic& diagnostic) { return diagnostic.severity == diag::Severity::Error; });
}

struct Written {
  emit::ObjectText text;
  std::vector<emit::LineSource> lines;
};

/// Positions in `written` in the order of the output.
std::vector<std::uint32_t> outputOrder(const std::vector<Written>& written, Order order) {
  std::vector<std::uint32_t> positions(written.size());
  std::iota(positions.begin(), positions.end(), 0);
  if (order == Order::Source) return positions;
  std::vector<std::uint16_t> ranks;
  ranks.reserve(written.size());
  for (const auto& object : written) ranks.push_back(emit::applyRank(object.text.group, object.text.kind));
  std::stable_sort(positions.begin(), positions.end(), [&](std::uint32_t a, std::uint32_t b) { return ranks[a] < ranks[b]; });
  return positions;
}

void loadInputs(BuildInputs& inputs, LoadedFiles& files, sema::Workspace& workspace, const std::vector<FileId>& closure, std::vector<diag::Diagnostic>& out) {
  for (const auto file : closure) inputs.load(workspace.module(file), out);
  if (const auto prelude = files.prelude(); base::valid(prelude)) inputs.load(workspace.module(prelude), out);
}

bool isInPolicy(const hir::Module& module, source::Span span) {
  return std::any_of(module.items.begin(), module.items.end(), [&](const hir::Item& item) { return item.kind == hir::ItemKind::Policy && item.span.begin <= span.begin && span.end <= item.span.end; });
}

/// Warnings about clauses that found nothing. A policy may find nothing in one file that is built by itself: that is judged over all targets of a project.
std::vector<diag::Diagnostic> idleEachWarnings(const eval::Evaluator& evaluator, const LoadedFiles& files, const sema::Workspace& workspace, bool judgePolicies) {
  auto idle = evaluator.idleEaches();
  std::erase_if(idle, [&](const source::Location& at) { return files.table()[at.file].builtIn || (!judgePolicies && isInPolicy(*workspace.module(at.file).hir, at.span)); });
  std::sort(idle.begin(), idle.end(), [](const source::Location& a, const source::Location& b) { return std::pair(a.file, a.span.begin) < std::pair(b.file, b.span.begin); });
  diag::Sink sink;
  for (const auto& at : idle) {
    const auto& module = *workspace.module(at.file).hir;
    const auto entry = std::find_if(module.entries.begin(), module.entries.end(), [&](const hir::Entry& candidate) { return candidate.kind == hir::EntryKind::Each && candidate.span == at.span; });
    if (entry == module.entries.end()) continue;
    std::string types;
    source::Span span;
    for (std::uint32_t i = 0; i < entry->typeCount; ++i) {
      const auto written = module[module.typeLists[entry->firstType + i]].span;
      types += fmt::format("{}{}", i == 0 ? "" : " | ", std::string_view(files.table()[at.file].text).substr(written.begin, written.size()));
      span = i == 0 ? written : source::Span{span.begin, written.end};
    }
    sink.report(code::each_matches_nothing, {at.file, span}, {types}).note("take the clause out, or write it where such values are made");
  }
  return sink.take();
}

/// The params of the target, but for those that the command line sets.
std::vector<Setting> targetSettings(const BuildOptions& options) {
  if (options.target == nullptr) return {};
  auto settings = options.target->params;
  std::erase_if(settings, [&](const Setting& setting) {
    return std::any_of(options.parameters.begin(), options.parameters.end(), [&](const Parameter& parameter) { return parameter.name == setting.name; });
  });
  return settings;
}

}  // namespace

BuildSetup setUp(LoadedFiles& files, sema::Workspace& workspace, FileId root, const BuildOptions& options, std::vector<diag::Diagnostic>& out) {
  BuildSetup setup;
  setup.closure = importClosure(workspace, root);
  const auto ownFiles = setup.closure;
  if (options.project != nullptr) {
    setup.policies = findPolicyFiles(files, workspace, options.target != nullptr ? options.target->policies : options.project->policies, out);
  }
  if (hasErrors(out)) return setup;  // without its policies, much would be told wrongly
  const auto addFiles = [&](FileId file) {
    for (const auto member : importClosure(workspace, file)) {
      if (std::find(setup.closure.begin(), setup.closure.end(), member) == setup.closure.end()) setup.closure.push_back(member);
    }
  };
  for (const auto& policy : setup.policies) addFiles(policy.file);
  if (options.target != nullptr && !options.target->namespace_.empty()) setup.targetLayer = files.library("std/target.kdsl");
  if (base::valid(setup.targetLayer)) addFiles(setup.targetLayer);
  checkWaivers(workspace, ownFiles, setup.closure, options.project != nullptr, out);
  for (const auto file : setup.closure) {
    const auto found = errorsOf(files, workspace, file);
    out.insert(out.end(), found.begin(), found.end());
  }
  if (hasErrors(out)) return setup;

  setup.settings = targetSettings(options);
  setup.inputs = std::make_unique<BuildInputs>(files, options.parameters);
  setup.inputs->set(parametersOf(setup.settings));
  loadInputs(*setup.inputs, files, workspace, setup.closure, out);
  if (options.target != nullptr) setup.namespaceName = codec::Data::string(options.target->namespace_);
  setup.ok = !hasErrors(out);
  return setup;
}

eval::Place* rootOf(eval::Evaluator& evaluator, const BuildSetup& setup, FileId root, const BuildOptions& options) {
  auto* instance = evaluator.rootWith(root, setup.inputs->parameters());
  if (base::valid(setup.targetLayer)) {
    const eval::Parameter parameter{"namespace", {}, &setup.namespaceName, options.target->at};
    evaluator.layOn(instance, setup.targetLayer, evaluator.rootWith(setup.targetLayer, std::span(&parameter, 1)));
  }
  return instance;
}

BuildResult buildRoot(LoadedFiles& files, sema::Workspace& workspace, graph::Plans& plans, FileId root, const BuildOptions& options, const GraphReader& readGraph) {
  BuildResult result;
  auto setup = setUp(files, workspace, root, options, result.diagnostics);
  result.files = setup.closure;
  if (!setup.ok) return result;

  diag::Sink sink;
  {
    const auto& limits = options.limits;
    eval::Evaluator evaluator(workspace, *setup.inputs, sink, limits);
    eval::BuildWalk walk(evaluator);
    auto* instance = rootOf(evaluator, setup, root, options);
    walk.root(instance);
    std::vector<Written> written;
    std::vector<eval::BuiltObject> objects;
    std::size_t bytes = 0;
    graph::Analysis analysis(evaluator, plans, files.table(), root, readGraph ? graph::Paths::Keep : graph::Paths::Leave);
    const bool isYaml = options.format == Format::Yaml;
    const bool wantsLines = isYaml && (options.annotate || options.lineSources);
    for (const auto& object : walk.objects()) {
      std::vector<emit::LineSource> lines;
      auto text = emit::writeObject(evaluator, object.place, isYaml ? emit::Format::Yaml : emit::Format::Json, limits.outputBytes - bytes, wantsLines ? &lines : nullptr);
      analysis.add(object, !text);
      if (!text) continue;
      bytes += text->text.size();
      objects.push_back(object);
      written.push_back({std::move(*text), std::move(lines)});
      if (bytes >= limits.outputBytes) {
        evaluator.report(code::output_exhausted, evaluator.madeAt(object.place), {fmt::format("{}", limits.outputBytes >> 20)});
        break;
      }
    }
    std::vector<Identity> identities;
    identities.reserve(written.size());
    for (std::size_t i = 0; i < written.size(); ++i) identities.push_back({objects[i].place, &written[i].text});
    checkIdentities(evaluator, identities);
    std::vector<eval::Policy> policies;
    addPoliciesOf(evaluator, root, instance, policies);
    for (const auto& policy : setup.policies) addPolicyFile(evaluator, policy, policies);
    if (!sink.hasErrors()) evaluator.checkPolicies(eval::Value::record(instance), policies);
    for (const auto& waiver : evaluator.waivers()) result.waivers.push_back({waiver.at, waiver.name, waiver.reason, waiver.lifted});
    result.checks = evaluator.checksRun();
    if (!sink.hasErrors() && !objects.empty()) result.idleEaches = idleEachWarnings(evaluator, files, workspace, options.target != nullptr);
    for (const auto& object : walk.externals()) analysis.addExternal(object);
    if (!evaluator.exhausted()) {
      analysis.check(sink);
      if (readGraph) readGraph(analysis);
    }
    result.objects.reserve(written.size());
    for (const auto position : outputOrder(written, options.order)) {
      auto& object = written[position];
      auto& text = object.text;
      result.objects.push_back({text.group.empty() ? text.version : text.group + "/" + text.version, text.kind, text.name, text.namespaceName, options.annotate && isYaml ? annotated(text.text, object.lines, files.table()) : std::move(text.text), std::move(object.lines)});
    }
  }
  result.diagnostics.insert(result.diagnostics.end(), sink.all().begin(), sink.all().end());
  if (options.target == nullptr) result.diagnostics.insert(result.diagnostics.end(), result.idleEaches.begin(), result.idleEaches.end());
  result.stopped = options.limits.stop != nullptr && options.limits.stop->load(std::memory_order_relaxed);
  result.ok = !result.stopped && !hasErrors(result.diagnostics);
  return result;
}

GraphResult graphOf(LoadedFiles& files, sema::Workspace& workspace, graph::Plans& plans, FileId root, const BuildOptions& options, GraphFormat format) {
  GraphResult result;
  auto built = buildRoot(files, workspace, plans, root, options, [&](const graph::Analysis& analysis) {
    const auto drawing = graph::drawingOf(analysis);
    switch (format) {
      case GraphFormat::Dot: result.text = graph::asDot(drawing); break;
      case GraphFormat::Mermaid: result.text = graph::asMermaid(drawing); break;
      case GraphFormat::Json: result.text = graph::asJson(drawing); break;
      case GraphFormat::Text: result.text = graph::asText(drawing); break;
    }
  });
  result.diagnostics = std::move(built.diagnostics);
  return result;
}

std::string valuesOf(LoadedFiles& files, sema::Workspace& workspace, FileId root) {
  std::vector<diag::Diagnostic> diagnostics;
  const auto closure = importClosure(workspace, root);
  for (const auto file : closure) {
    if (hasErrors(errorsOf(files, workspace, file))) return "# the file has errors\n";
  }
  BuildInputs inputs(files, {});
  loadInputs(inputs, files, workspace, closure, diagnostics);
  diag::Sink sink;
  eval::Evaluator evaluator(workspace, inputs, sink);
  auto* module = evaluator.root(root);
  std::string out;
  for (const auto key : evaluator.keys(module)) {
    const auto value = evaluator.force(evaluator.child(module, key));
    if (value.isAbsent()) {
      out += fmt::format("{}: absent\n", base::text(key));
      continue;
    }
    auto text = emit::writeValue(evaluator, value, emit::Format::Yaml);
    const bool block = value.is(eval::ValueKind::Record) || value.is(eval::ValueKind::List);
    out += fmt::format("{}:", base::text(key));
    if (!block) {
      out += ' ';
      out += text;
      continue;
    }
    out += '\n';
    for (std::size_t at = 0; at < text.size();) {
      const auto end = std::min(text.find('\n', at), text.size());
      out += fmt::format("  {}\n", text.substr(at, end - at));
      at = end + 1;
    }
  }
  for (const auto& diagnostic : sink.all()) out += fmt::format("# {}: {}\n", diag::codeText(diagnostic), diag::message(diagnostic));
  return out;
}

}  // namespace kdsl::query
