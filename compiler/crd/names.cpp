#include "crd/names.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <set>
#include <unordered_set>

#include "crd/literals.hpp"
#include "syntax/token.hpp"

namespace kdsl::crd {
namespace {

/// Names that the written types themselves use.
constexpr auto taken = std::to_array<std::string_view>({"Duration", "Namespaced", "ObjectMeta", "Quantity", "Resource", "Seconds", "Sensitive", "any", "bool", "float", "int", "string"});

bool isAlnum(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

struct Step {
  SchemaId schema{};
  std::string prefix;  // of the names of what is inside
};

class Namer {
 public:
  Namer(const SchemaTable& table, ApiTypes& api, std::vector<NamedSchema>& all, std::unordered_map<std::uint32_t, std::string>& byId, std::unordered_set<std::uint32_t>& ofApi)
      : table_(table), api_(api), all_(all), byId_(byId), ofApi_(ofApi) {
    for (const auto name : taken) used_.emplace(name);
  }

  /// Takes the names of kinds before any part can.
  void reserve(std::span<const KindDefinition> kinds) {
    for (const auto& kind : kinds) {
      const bool shared = std::count_if(kinds.begin(), kinds.end(), [&](const KindDefinition& other) { return other.kind == kind.kind; }) > 1;
      kindNames_.push_back(unique(declarable((shared ? pascalCase(kind.group.substr(0, kind.group.find('.'))) : std::string()) + kind.kind)));
    }
    // A name of the API may come up behind a part that would take it.
    for (std::uint32_t i = 0; i < table_.size(); ++i) {
      const auto name = api_.nameOf(SchemaId{i});
      if (!name.empty() && !used_.contains(std::string(name))) apiNames_.emplace(name);
    }
    used_.insert(apiNames_.begin(), apiNames_.end());
  }

  void kind(const KindDefinition& kind, std::size_t index) {
    const auto& name = kindNames_[index];
    all_.push_back({name, kind.schema, &kind});
    std::deque<Step> queue;
    visitFields(kind.schema, name, true, queue);
    while (!queue.empty()) {
      const auto step = std::move(queue.front());
      queue.pop_front();
      visitFields(step.schema, step.prefix, false, queue);
    }
  }

 private:
  /// A name that a declaration can have: kinds have any.
  static std::string declarable(std::string name) {
    if (!isIdentifier(name) || syntax::wordKind(name) != syntax::TokenKind::Name) name = pascalCase(name);
    return isIdentifier(name) ? name : "Kind" + name;
  }

  std::string unique(std::string name) {
    if (used_.insert(name).second) return name;
    for (int number = 2;; ++number) {
      auto numbered = name + std::to_string(number);
      if (used_.insert(numbered).second) return numbered;
    }
  }

  void visitFields(SchemaId id, const std::string& prefix, bool isKind, std::deque<Step>& queue) {
    for (const auto& field : table_[id].fields) {
      auto type = field.type;
      auto word = field.name;
      while (table_[type].form == Form::List || table_[type].form == Form::Map) {
        word = singular(word);
        type = table_[type].element;
      }
      if (!Names::needsName(table_[type]) || byId_.contains(static_cast<std::uint32_t>(type))) continue;
      if (auto name = std::string(api_.nameOf(type)); apiNames_.contains(name)) {
        byId_.emplace(static_cast<std::uint32_t>(type), std::move(name));
        ofApi_.insert(static_cast<std::uint32_t>(type));
        continue;
      }
      auto name = unique(prefix + pascalCase(word));
      // What a spec holds is named after the kind alone.
      queue.push_back({type, isKind && field.name == "spec" ? prefix : name});
      all_.push_back({name, type, nullptr});
      byId_.emplace(static_cast<std::uint32_t>(type), std::move(name));
    }
  }

  const SchemaTable& table_;
  ApiTypes& api_;
  std::vector<NamedSchema>& all_;
  std::unordered_map<std::uint32_t, std::string>& byId_;
  std::unordered_set<std::uint32_t>& ofApi_;
  std::unordered_set<std::string> used_, apiNames_;
  std::vector<std::string> kindNames_;
};

}  // namespace

Names::Names(std::span<const KindDefinition> kinds, const SchemaTable& table, ApiTypes& api) {
  Namer namer(table, api, all_, byId_, ofApi_);
  namer.reserve(kinds);
  for (std::size_t i = 0; i < kinds.size(); ++i) namer.kind(kinds[i], i);
  std::set<std::string> used;
  for (const auto id : ofApi_) used.insert(byId_.at(id));
  apiTypes_.assign(used.begin(), used.end());
}

std::string pascalCase(std::string_view name) {
  std::string out;
  bool atStart = true;
  for (const char c : name) {
    if (isAlnum(c)) out += atStart ? upper(c) : c;
    atStart = !isAlnum(c);
  }
  return out;
}

std::string singular(std::string_view name) {
  const auto ends = [&](std::string_view suffix) { return name.size() > suffix.size() + 1 && name.ends_with(suffix); };
  if (ends("ies")) return std::string(name.substr(0, name.size() - 3)) + "y";
  if (ends("sses") || ends("xes") || ends("ches") || ends("shes")) return std::string(name.substr(0, name.size() - 2));
  const bool isAcronym = name.size() <= 3;  // `tls`
  if (ends("s") && !isAcronym && !ends("ss") && !ends("us") && !ends("is")) return std::string(name.substr(0, name.size() - 1));
  return std::string(name);
}

}  // namespace kdsl::crd
