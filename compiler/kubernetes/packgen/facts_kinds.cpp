// Facts about kinds: scope, plural, what users create, and the life of API versions.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "kubernetes/packgen/facts.hpp"

namespace kdsl::kubernetes::packgen {

namespace {

/// `apps/Deployment`, `core/Pod`: how the tables name a kind in all of its versions.
std::string tableName(const ApiDefinition& definition) {
  return (definition.group.empty() ? std::string("core") : definition.group) + "/" + definition.shortName;
}

bool endsWithAny(std::string_view text, std::initializer_list<std::string_view> ends) {
  return std::ranges::any_of(ends, [text](std::string_view end) { return text.ends_with(end); });
}

/// Lower case with an English plural, as the API names its resources.
std::string regularPlural(std::string_view kind) {
  std::string name;
  for (const char c : kind) name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (endsWithAny(name, {"s", "x", "ch", "sh"})) return name + "es";
  if (name.ends_with('y') && !endsWithAny(name, {"ay", "ey", "iy", "oy", "uy"})) return name.substr(0, name.size() - 1) + "ies";
  return name + "s";
}

/// 22 for `1.22`, 0 for anything else.
int parseMinor(std::string_view text) {
  int minor = 0;
  if (!text.starts_with("1.")) return 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + text.size(), minor);
  return error == std::errc{} && end == text.data() + text.size() ? minor : 0;
}

/// The words of one row, by the kind that each is about; what no kind uses is an error.
class KindWords {
 public:
  explicit KindWords(const TableRow& row) : where_(row.where) {
    for (const std::string& word : row.words) {
      const size_t equals = word.find('=');
      entries_[word.substr(0, equals)] = equals == std::string::npos ? std::string() : word.substr(equals + 1);
    }
  }

  const std::string* find(const ApiDefinition& definition) {
    const auto found = entries_.find(tableName(definition));
    if (found == entries_.end()) return nullptr;
    used_.insert(found->first);
    return &found->second;
  }

  void reportUnused(Errors& errors) const {
    for (const auto& [name, value] : entries_) {
      if (!used_.contains(name)) errors.push_back(fmt::format("{}: `{}` is a kind of no version", where_, name));
    }
  }

 private:
  std::string where_;
  std::map<std::string, std::string> entries_;
  std::set<std::string> used_;
};

}  // namespace

void applyKinds(Model& model, std::span<const TableRow> rows, Errors& errors) {
  const auto section = [&](std::string_view key) {
    const auto row = std::ranges::find(rows, key, &TableRow::key);
    if (row == rows.end()) errors.push_back(fmt::format("kinds: the row `{}` is missing", key));
    return KindWords(row == rows.end() ? TableRow{} : *row);
  };
  KindWords clusterScoped = section("cluster-scoped");
  KindWords notCreatable = section("not-creatable");
  KindWords plurals = section("plural");
  for (Api& api : model.apis) {
    for (auto& [name, definition] : api.definitions) {
      if (!definition.isKind || !definition.hasObjectMeta) continue;
      definition.isCreatable = notCreatable.find(definition) == nullptr;
      definition.isNamespaced = clusterScoped.find(definition) == nullptr;
      const std::string* plural = plurals.find(definition);
      if (definition.isCreatable) definition.plural = plural != nullptr ? *plural : regularPlural(definition.shortName);
    }
  }
  for (const KindWords* words : {&clusterScoped, &notCreatable, &plurals}) words->reportUnused(errors);
}

void applyLifecycle(Model& model, std::span<const TableRow> rows, Errors& errors) {
  for (const TableRow& row : rows) {
    LifecycleFact fact;
    bool isValid = !row.words.empty();
    for (size_t i = 0; i < row.words.size(); ++i) {
      const std::string& word = row.words[i];
      const std::string next = i + 1 < row.words.size() ? row.words[i + 1] : std::string();
      if (word == "deprecated" && parseMinor(next) > 0) {
        fact.deprecatedIn = parseMinor(next);
        ++i;
      } else if (word == "removed" && parseMinor(next) > 0) {
        fact.removedIn = parseMinor(next);
        ++i;
      } else if (word == "use" && !next.empty()) {
        fact.replacement = next;
        if (i + 2 < row.words.size()) fact.replacementKind = row.words[i + 2];
        break;
      } else {
        isValid = false;
      }
    }
    const size_t blank = row.key.find(' ');
    if (!isValid || blank == std::string::npos) {
      errors.push_back(fmt::format("{}: expected `apiVersion Kind...: [deprecated 1.N] [removed 1.N] [use apiVersion [Kind]]`", row.where));
      continue;
    }
    const std::string apiVersion = row.key.substr(0, blank);
    const size_t slash = apiVersion.find('/');
    fact.group = slash == std::string::npos ? std::string() : apiVersion.substr(0, slash);
    fact.version = slash == std::string::npos ? apiVersion : apiVersion.substr(slash + 1);
    std::string_view kinds = std::string_view(row.key).substr(blank + 1);
    while (!kinds.empty()) {
      const size_t end = std::min(kinds.find(' '), kinds.size());
      LifecycleFact copy = fact;
      copy.kind = kinds.substr(0, end);
      if (copy.replacementKind.empty() && !copy.replacement.empty()) copy.replacementKind = copy.kind;
      model.lifecycle.push_back(std::move(copy));
      kinds.remove_prefix(std::min(end + 1, kinds.size()));
    }
  }
  const auto key = [](const LifecycleFact& fact) { return std::tie(fact.group, fact.version, fact.kind); };
  std::ranges::sort(model.lifecycle, [&](const auto& a, const auto& b) { return key(a) < key(b); });
  for (size_t i = 1; i < model.lifecycle.size(); ++i) {
    const auto& fact = model.lifecycle[i];
    if (key(model.lifecycle[i - 1]) == key(fact)) {
      errors.push_back(fmt::format("lifecycle: {}/{} {} has two rows", fact.group, fact.version, fact.kind));
    }
  }
}

}  // namespace kdsl::kubernetes::packgen
