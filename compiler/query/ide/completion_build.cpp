// What other objects of the build are called, where one refers to another.
#include <fmt/format.h>

#include "query/ide/completer.hpp"
#include "query/ide/snippets.hpp"
#include "query/ide/text_links.hpp"
#include "query/ide/type_lookup.hpp"
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
        for (const auto& [objectName, object] : objects) addAll(object.ports, fmt::format("{} {}", kindName, objectName));
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

const hir::Entry* Completer::entryWith(hir::BodyId body) const {
  if (!base::valid(body)) return nullptr;
  for (const auto& entry : hir_.entries) {
    if (entry.kind != hir::EntryKind::Set || entry.segmentCount == 0 || !base::valid(entry.value)) continue;
    const auto& value = hir_[entry.value];
    const bool isIt = (value.kind == hir::ExprKind::Record && value.a == base::index(body)) || (value.kind == hir::ExprKind::Refine && value.b == base::index(body));
    if (isIt) return &entry;
  }
  return nullptr;
}

base::Symbol Completer::fieldOf(hir::BodyId body) const {
  const auto* entry = entryWith(body);
  return entry == nullptr ? base::emptySymbol : hir_.segments[entry->firstSegment + entry->segmentCount - 1].name;
}

Completion& Completer::addKey(const std::string& key, CompletionKind kind, Rank rank, bool isPath) {
  const bool isBare = syntax::isBareWord(key);
  auto& item = add(isBare ? key : quoted(key), kind, rank);
  if (isBare || !isPath || item.label.empty()) return item;
  // `.side-car` is `["side-car"]`: the dot goes too.
  item.insertText = "[" + item.label + "]";
  item.replace = {site_.replace.begin - 1, site_.replace.end};
  item.filter = "." + key;
  return item;
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
    if (isSetIn(body, base::intern(name))) continue;
    auto& item = addKey(name, CompletionKind::Field, RankExpected, isPath);
    item.detail = "in " + object;
    if (isKeyOnly) continue;
    item.insertText += options_.snippets ? ": {\n\t$0\n}" : ": ";
    item.isSnippet = options_.snippets;
  }
}

namespace {

struct KnownKey {
  std::string_view type, field, key, doc;
};
constexpr KnownKey knownKeys[] = {
#define KNOWN_KEY(type, field, key, doc) {type, field, key, doc},
#include "query/ide/known_keys.def"
#undef KNOWN_KEY
};

}  // namespace

void Completer::addMapKeys(TypeId map, TypeId holder, base::Symbol field, hir::BodyId body, bool hasColon, bool isPath) {
  const auto& table = program_.types();
  const auto& node = table[table.underlying(map)];
  if (node.kind != types::TypeKind::Map) return;
  const auto addOne = [&](const std::string& key, std::string_view detail) {
    if (isSetIn(body, base::intern(key))) return;
    auto& item = addKey(key, CompletionKind::Field, RankMember, isPath);
    if (item.detail.empty()) item.detail = detail;
    if (hasColon) return;
    item.insertText = item.label + valueSnippet(base::intern(key), node.element);
    item.isSnippet = options_.snippets;
  };
  for (const auto branch : branchesOf(program_, node.key)) {
    const auto& key = table[table.underlying(branch)];
    if (key.kind == types::TypeKind::StringLiteral) addOne(std::string(base::text(key.symbol)), {});
  }
  const auto* owner = nominalOf(program_, holder);
  if (owner == nullptr || !types::isOfApi(owner->kind)) return;
  for (const auto& one : knownKeys) {
    if (one.type == base::text(owner->name) && one.field == base::text(field)) addOne(std::string(one.key), one.doc);
  }
}

void Completer::addElementTemplate(TypeId place) {
  if (!options_.snippets) return;
  const auto& table = program_.types();
  const auto& node = table[table.underlying(place)];
  if (node.kind == types::TypeKind::Keyed) {
    SnippetWriter writer(program_, objectName());
    const std::string key(base::text(node.keys[0]));
    auto& item = add((writer.hasTextKey(node) ? key : "[" + key + "]") + ": { … }", CompletionKind::Snippet, RankTemplate);
    item.detail = "new " + typeText(node.element);
    item.insertText = writer.element(node);
    item.isSnippet = true;
  } else if (node.kind == types::TypeKind::Map && list_.items.empty()) {
    SnippetWriter writer(program_, objectName());
    auto& item = add("key: …", CompletionKind::Snippet, RankTemplate);
    item.detail = "new " + typeText(node.element);
    const auto key = table.kind(table.underlying(node.key)) == types::TypeKind::String ? writer.stop("key") : writer.stop();
    item.insertText = key + writer.behindKey({}, node.element);
    item.isSnippet = true;
  }
}

void Completer::addLabelKeys(hir::BodyId body, bool hasColon) {
  if (!options_.names || !base::valid(body) || !holdsLabels(hir_, body)) return;
  for (const auto& [key, values] : options_.names().labels) {
    if (isSetIn(body, base::intern(key))) continue;
    auto& item = addKey(key, CompletionKind::Field, RankMember, /*isPath=*/false);
    item.detail = "label";
    if (hasColon) continue;
    item.insertText += values.size() == 1 ? ": " + quoted(*values.begin()) : ": ";
  }
}

}  // namespace kdsl::query
