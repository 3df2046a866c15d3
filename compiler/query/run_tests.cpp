#include "query/run_tests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/line_diff.hpp"
#include "diag/codes/projects.hpp"
#include "emit/object_writer.hpp"
#include "eval/test_run.hpp"
#include "query/build.hpp"
#include "query/build_inputs.hpp"
#include "query/file_errors.hpp"
#include "query/paths.hpp"
#include "query/policies.hpp"
#include "query/test_targets.hpp"
#include "source/loader.hpp"

namespace kdsl::query {

namespace code = diag::code;

namespace {

bool hasErrors(const std::vector<diag::Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(), [](const diag::Diagnostic& diagnostic) { return diagnostic.severity == diag::Severity::Error; });
}

/// What a value looks like in a snapshot: the objects that it makes, or the value itself.
std::string snapshotOf(eval::Evaluator& evaluator, eval::Value value) {
  const auto objects = evaluator.resourcesOf(value);
  if (objects.empty()) return emit::writeValue(evaluator, value, emit::Format::Yaml);
  std::string text;
  for (const auto& object : objects) {
    const auto written = emit::writeObject(evaluator, object.asRecord(), emit::Format::Yaml, eval::Limits{}.outputBytes);
    if (!written) continue;
    if (!text.empty()) text += "---\n";
    text += written->text;
  }
  return text;
}

void compare(LoadedFiles& files, eval::Evaluator& evaluator, FileId file, const eval::Golden& golden, const TestOptions& options, TestResult& result) {
  const auto written = base::text(golden.file);
  const auto path = files.resolvePath(file, written, golden.at, result.diagnostics);
  if (path.empty()) return;
  auto text = snapshotOf(evaluator, golden.value);
  if (options.update) {
    result.updates.push_back({path, std::move(text)});
    return;
  }
  const auto known = source::loadFile(path);
  if (known.error == source::LoadError::None && known.text == text) return;
  diag::Sink sink;
  if (known.error != source::LoadError::None) {
    sink.report(code::golden_missing, golden.at, {std::string(written)}).note("`kdsl test --update` writes it");
  } else {
    auto& diagnostic = sink.report(code::golden_differs, golden.at, {std::string(written)});
    std::size_t lines = 0;
    const auto difference = base::unifiedDiff(known.text, text, displayPath(path), "the output");
    for (std::size_t at = 0; at < difference.size();) {
      const auto end = std::min(difference.find('\n', at), difference.size());
      if (++lines > 40) {
        diagnostic.note("…");
        break;
      }
      diagnostic.note(difference.substr(at, end - at));
      at = end + 1;
    }
    diagnostic.note("if it is meant: `kdsl test --update`");
  }
  result.diagnostics.push_back(sink.take().front());
}

TestResult runTest(LoadedFiles& files, sema::Workspace& workspace, FileId file, hir::ItemId item, BuildInputs& inputs, const TestOptions& options, const std::vector<PolicyFile>& policies, TestTargets& targets, eval::Coverage* coverage) {
  const auto& declared = workspace.module(file).hir->items[base::index(item)];
  TestResult result;
  result.title = std::string(base::text(declared.name));
  result.at = {file, declared.nameSpan};
  const auto begin = std::chrono::steady_clock::now();
  diag::Sink sink;
  {
    eval::Evaluator evaluator(workspace, inputs, sink, options.limits);
    evaluator.measure(coverage);
    eval::TestRun test(evaluator, file, item);
    evaluator.provide(&targets);
    std::vector<eval::Policy> held;
    addPoliciesOf(evaluator, file, test.instance(), held);
    for (const auto& policy : policies) addPolicyFile(evaluator, policy, held, true);
    evaluator.setPolicies(std::move(held));
    test.run();
    for (const auto& golden : test.goldens()) compare(files, evaluator, file, golden, options, result);
    result.checks = evaluator.checksRun();
  }
  result.diagnostics.insert(result.diagnostics.begin(), sink.all().begin(), sink.all().end());
  result.milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  result.passed = !hasErrors(result.diagnostics);
  return result;
}

void addPoint(std::vector<ReachPoint>& points, const source::File& file, ReachKind kind, std::string name, source::Span span, bool reached) {
  const auto line = file.lines().lineColumn(file.text, span.begin, source::ColumnUnit::Utf8).line + 1;
  points.push_back({file.path, file.displayPath, kind, std::move(name), line, span.begin, reached});
}

/// What a file declares that tests could reach, and whether these did.
void addReach(const sema::Workspace& workspace, const source::File& text, FileId file, const eval::Coverage& coverage, std::vector<ReachPoint>& out) {
  const auto& module = *workspace.module(file).hir;
  const auto inTest = [&](source::Span span) { return std::any_of(module.items.begin(), module.items.end(), [&](const hir::Item& item) { return item.kind == hir::ItemKind::Test && item.span.begin <= span.begin && span.end <= item.span.end; }); };
  for (std::uint32_t i = 0; i < module.items.size(); ++i) {
    const auto& item = module.items[i];
    const auto name = std::string(base::text(item.name));
    if (item.kind == hir::ItemKind::Component) addPoint(out, text, ReachKind::Component, name, item.nameSpan, coverage.made.contains({file, hir::ItemId{i}}));
    if (item.kind != hir::ItemKind::Param) continue;
    const auto& owner = module[item.parent];
    const auto full = owner.kind == hir::ItemKind::Component ? fmt::format("{}.{}", base::text(owner.name), name) : name;
    const bool set = std::any_of(coverage.set.begin(), coverage.set.end(), [&](const auto& place) { return place.first == file && item.span.begin <= place.second && place.second < item.span.end; });
    addPoint(out, text, ReachKind::Param, full, item.nameSpan, set);
  }
  for (const auto& entry : module.entries) {
    if (entry.kind != hir::EntryKind::Check || inTest(entry.span)) continue;
    const auto condition = module[entry.value].span;
    addPoint(out, text, ReachKind::Check, std::string(base::text(entry.name)), condition, coverage.failed.contains({file, condition.begin}));
  }
  const auto branch = [&](hir::ExprId id) {
    if (base::valid(id) && !inTest(module[id].span)) addPoint(out, text, ReachKind::Branch, {}, module[id].span, coverage.branches.contains({file, module[id].span.begin}));
  };
  for (const auto& expr : module.exprs) {
    if (expr.kind == hir::ExprKind::If) {
      branch(hir::ExprId{expr.b});
      branch(hir::ExprId{expr.c});
    }
    if (expr.kind == hir::ExprKind::Match) {
      for (std::uint32_t i = 0; i < expr.c; ++i) branch(module.arms[expr.b + i].value);
    }
  }
}

}  // namespace

TestRun runTests(LoadedFiles& files, sema::Workspace& workspace, graph::Plans& plans, FileId file, const TestOptions& options) {
  TestRun run;
  std::vector<hir::ItemId> wanted;
  const auto module = files.hir(file);  // most files have no tests: they need no checking
  const auto& items = module->items;
  for (std::uint32_t i = 0; i < items.size(); ++i) {
    if (items[i].kind != hir::ItemKind::Test) continue;
    if (base::text(items[i].name).find(options.filter) != std::string_view::npos) {
      wanted.push_back(hir::ItemId{i});
    } else {
      run.leftOut.emplace_back(base::text(items[i].name));
    }
  }
  if (wanted.empty()) return run;
  auto closure = importClosure(workspace, file);
  std::vector<PolicyFile> policies;
  if (options.project != nullptr) policies = findPolicyFiles(files, workspace, options.project->policies, run.diagnostics);
  for (const auto& policy : policies) {
    for (const auto member : importClosure(workspace, policy.file)) {
      if (std::find(closure.begin(), closure.end(), member) == closure.end()) closure.push_back(member);
    }
  }
  for (const auto member : closure) {
    const auto found = errorsOf(files, workspace, member);
    run.diagnostics.insert(run.diagnostics.end(), found.begin(), found.end());
  }
  if (hasErrors(run.diagnostics)) return run;
  BuildInputs inputs(files, {});
  for (const auto member : closure) inputs.load(workspace.module(member), run.diagnostics);
  inputs.load(workspace.module(files.prelude()), run.diagnostics);
  if (hasErrors(run.diagnostics)) return run;
  eval::Coverage coverage;
  TestTargets targets(files, workspace, plans, inputs, options.project, options.limits);
  for (const auto item : wanted) run.tests.push_back(runTest(files, workspace, file, item, inputs, options, policies, targets, options.coverage ? &coverage : nullptr));
  if (options.coverage) {
    for (const auto member : closure) {
      if (files.table()[member].builtIn && !options.libraryCoverage) continue;
      addReach(workspace, files.table()[member], member, coverage, run.reach);
    }
  }
  return run;
}

}  // namespace kdsl::query
