// What other objects of the build are called, where one refers to another.
#include "query/ide/completer.hpp"
#include "query/ide/text_links.hpp"
#include "syntax/literal.hpp"

namespace kdsl::query {

namespace {

/// The text that a sibling of the entry sets; empty if it is no plain text.
std::string siblingText(const hir::Module& module, const hir::Entry& entry, std::string_view key) {
  for (const auto& body : module.bodies) {
    const auto entries = module.entriesOf(body);
    if (&entry < entries.data() || &entry >= entries.data() + entries.size()) continue;
    for (const auto& other : entries) {
      const bool isIt = other.kind == hir::EntryKind::Set && other.segmentCount != 0 && base::valid(other.value) &&
                        base::text(module.segments[other.firstSegment + other.segmentCount - 1].name) == key;
      if (isIt && module[other.value].kind == hir::ExprKind::String) return std::string(base::text(base::Symbol{module[other.value].a}));
    }
  }
  return {};
}

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

}  // namespace

void Completer::addNamesOfBuild(hir::ExprId value) {
  if (!base::valid(value) || !options_.names) return;
  const auto* entry = entryOf(hir_, value);
  if (entry == nullptr) return;
  const auto last = entry->firstSegment + entry->segmentCount - 1;
  const auto key = base::text(hir_.segments[last].name);
  const auto addAll = [&](const auto& texts, std::string_view detail) {
    for (const auto& text : texts) add(quoted(text), CompletionKind::Value, RankExpected).detail = detail;
  };
  if (const auto field = apiFieldOf(facts_, index_, *entry)) {
    const auto kind = std::string(field->referencedKind());
    if (!kind.empty()) {
      const auto& names = options_.names();
      if (const auto found = names.kinds.find(kind); found != names.kinds.end()) {
        for (const auto& [name, object] : found->second) add(quoted(name), CompletionKind::Value, RankExpected).detail = kind;
      }
      return;
    }
    if (key == "key") {
      const auto name = siblingText(hir_, *entry, "name");
      for (const char* holder : {"ConfigMap", "Secret"}) {
        const auto found = options_.names().kinds.find(holder);
        if (found == options_.names().kinds.end()) continue;
        for (const auto& [objectName, object] : found->second) {
          if (name.empty() || name == objectName) addAll(object.keys, std::string(holder) + " " + objectName);
        }
      }
      return;
    }
    if (key == "targetPort" || key == "port" || (key == "name" && entry->segmentCount > 1 && base::text(hir_.segments[last - 1].name) == "port")) {
      for (const auto& [kindName, objects] : options_.names().kinds) {
        for (const auto& [objectName, object] : objects) addAll(object.ports, kindName + " " + objectName);
      }
      return;
    }
  }
  // The value of a label.
  const auto body = bodyAround(caret_.begin);
  const bool isLabel = entry->segmentCount > 1 ? isLabelPath(entry->firstSegment, entry->segmentCount) : base::valid(body) && holdsLabels(hir_, body);
  if (!isLabel) return;
  const auto& labels = options_.names().labels;
  if (const auto found = labels.find(std::string(key)); found != labels.end()) addAll(found->second, "label");
}

bool Completer::isLabelPath(std::uint32_t first, std::uint32_t count) const {
  const auto holder = base::text(hir_.segments[first + count - 2].name);
  return holder == "labels" || holder == "matchLabels" || holder == "selector";
}

base::Symbol Completer::fieldOf(hir::BodyId body) const {
  if (!base::valid(body)) return base::emptySymbol;
  for (const auto& entry : hir_.entries) {
    if (entry.kind != hir::EntryKind::Set || entry.segmentCount == 0 || !base::valid(entry.value)) continue;
    const auto& value = hir_[entry.value];
    const bool isIt = (value.kind == hir::ExprKind::Record && value.a == base::index(body)) || (value.kind == hir::ExprKind::Refine && value.b == base::index(body));
    if (isIt) return hir_.segments[entry.firstSegment + entry.segmentCount - 1].name;
  }
  return base::emptySymbol;
}

void Completer::addElements(TypeId list, base::Symbol field, hir::BodyId body, bool isKeyOnly, bool isPath) {
  if (!options_.names || field == base::emptySymbol || !base::valid(list)) return;
  const auto& table = program_.types();
  const auto& node = table[table.underlying(list)];
  if (node.kind != types::TypeKind::Keyed || node.keys.size() != 1) return;
  const auto& elements = options_.names().elements;
  const auto found = elements.find({std::string(base::text(field)), std::string(base::text(node.keys[0]))});
  if (found == elements.end()) return;
  for (const auto& [name, object] : found->second) {
    const bool isBare = syntax::isBareWord(name);
    // Behind a dot only a word can stand.
    if ((isPath && !isBare) || isSetIn(body, base::intern(name))) continue;
    auto& item = add(isBare ? name : quoted(name), CompletionKind::Field, RankExpected);
    item.detail = "in " + object;
    if (isKeyOnly) continue;
    item.insertText += options_.snippets ? ": {\n\t$0\n}" : ": ";
    item.isSnippet = options_.snippets;
  }
}

void Completer::addLabelKeys(hir::BodyId body, bool hasColon) {
  if (!options_.names || !base::valid(body) || !holdsLabels(hir_, body)) return;
  for (const auto& [key, values] : options_.names().labels) {
    if (isSetIn(body, base::intern(key))) continue;
    auto& item = add(syntax::isBareWord(key) ? key : quoted(key), CompletionKind::Field, RankMember);
    item.detail = "label";
    if (hasColon) continue;
    item.insertText += values.size() == 1 ? ": " + quoted(*values.begin()) : ": ";
  }
}

}  // namespace kdsl::query
