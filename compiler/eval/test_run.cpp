#include "eval/test_run.hpp"

#include <algorithm>

namespace kdsl::eval {

TestRun::TestRun(Evaluator& evaluator, source::FileId file, hir::ItemId item) : evaluator_(evaluator), instance_(evaluator.test(file, item)) {}

bool TestRun::hasAllParams() const {
  const auto& members = evaluator_.fold(instance_).nominal->members;
  return std::all_of(members.begin(), members.end(), [&](const types::Member& member) {
    return !member.required || member.kind != types::MemberKind::Param || !evaluator_.force(evaluator_.child(instance_, member.name)).isAbsent();
  });
}

void TestRun::run() {
  const auto& record = evaluator_.fold(instance_);
  if (record.poisoned) return;
  const bool complete = hasAllParams();
  if (complete) {
    BuildWalk walk(evaluator_);
    walk.root(instance_);
    for (const auto& object : walk.objects()) evaluator_.forceDeep(Value::record(object.place));
    evaluator_.checkPolicies(Value::record(instance_));
  }
  for (std::uint32_t i = 0; i < record.layers.size(); ++i) {
    const auto layer = record.layers[i];
    if (layer.kind != Layer::Kind::Declared || layer.nominal != record.nominal->id || !base::valid(layer.bodyId)) continue;
    if (!complete) evaluator_.runChecksIn(instance_, layer);
    const auto& hir = *layer.scope->module->hir;
    for (const auto& entry : hir.entriesOf(hir[layer.bodyId])) {
      if (entry.kind != hir::EntryKind::Golden) continue;
      const auto value = evaluator_.eval(Env{layer.scope, nullptr, 0}, entry.value);
      if (!value.isError()) goldens_.push_back({entry.name, evaluator_.locationOf(layer.scope, entry.nameSpan), value});
    }
  }
}

}  // namespace kdsl::eval
