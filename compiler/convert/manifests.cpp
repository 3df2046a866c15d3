#include "convert/manifests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "codec/read.hpp"
#include "convert/comments.hpp"
#include "convert/value_text.hpp"
#include "syntax/format.hpp"
#include "syntax/literal.hpp"
#include "syntax/token.hpp"

namespace kdsl::convert {

using codec::Data;
using kubernetes::Definition;

namespace {

/// One object, and where it stands.
struct Object {
  const Data* data = nullptr;
  Definition definition;
  std::string name;      // of the resource
  std::string typeName;  // as the module calls its kind
};

std::string textAt(const Data& object, std::string_view key) {
  const auto* found = object.find(key);
  return found != nullptr && found->isString() ? found->asString() : std::string();
}

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// `redis-cart` → `redisCart`; empty if nothing of the name can stand in an identifier.
std::string identifier(std::string_view name) {
  std::string out;
  bool startsWord = false;
  for (const char c : name) {
    const bool fits = isLetter(c) || (isDigit(c) && !out.empty());
    if (fits) out += startsWord && !out.empty() ? upper(c) : c;
    startsWord = !fits;
  }
  if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] - 'A' + 'a');
  return out;
}

class Converter {
 public:
  Converter(std::string_view yaml, const kubernetes::SchemaPack& schema, Conversion& out) : yaml_(yaml), schema_(schema), out_(out) {}

  void run() {
    const auto read = codec::readYaml(yaml_);
    for (const auto& problem : read.problems) note(problem.span.begin, codec::describe(problem));
    if (!read.ok()) return;
    for (const auto& document : read.documents) collect(document);
    nameTypes();
    nameObjects();
    Comments comments(yaml_, read.documents);
    write(comments);
  }

 private:
  void note(std::uint32_t offset, const std::string& text) {
    const auto before = yaml_.substr(0, std::min<std::size_t>(offset, yaml_.size()));
    out_.problems.push_back(fmt::format("line {}: {}", std::count(before.begin(), before.end(), '\n') + 1, text));
  }

  void collect(const Data& document) {
    if (document.isNull()) return;
    const auto at = extentOf(document).begin;
    const auto apiVersion = textAt(document, "apiVersion"), kind = textAt(document, "kind");
    if (kind.empty() || apiVersion.empty()) return note(at, "no object of Kubernetes: it has no `apiVersion` or no `kind`");
    if (kind.ends_with("List")) {
      if (const auto* items = document.find("items"); items != nullptr && items->isList()) {
        for (const auto& item : items->items()) collect(item);
        return;
      }
    }
    const auto definition = find(apiVersion, kind);
    if (!definition) return note(at, fmt::format("no type for {} `{}`: left out", apiVersion, kind));
    objects_.push_back({&document, *definition, {}, {}});
  }

  std::optional<Definition> find(std::string_view apiVersion, std::string_view kind) const {
    for (const auto group : schema_.groupVersions()) {
      if (group.apiVersion() != apiVersion || group.package() == "meta") continue;  // of `meta` are answers and options, no objects
      if (const auto found = group.find(kind)) return schema_.definition(*found);
    }
    return std::nullopt;
  }

  /// Kinds of another version than the one that their bare name means are imported, under a name of their own if both occur.
  void nameTypes() {
    std::map<std::string_view, kubernetes::DefId> preferred;
    for (const auto id : schema_.preferredKinds()) preferred.emplace(schema_.definition(id).shortName(), id);
    for (auto& object : objects_) {
      const auto& definition = object.definition;
      object.typeName = definition.shortName();
      const auto usual = preferred.find(definition.shortName());
      if (usual != preferred.end() && usual->second == definition.id()) continue;
      const bool isAmbiguous = std::any_of(objects_.begin(), objects_.end(), [&](const Object& other) {
        return other.definition.shortName() == definition.shortName() && other.definition.id() != definition.id();
      });
      auto import = object.typeName;
      if (isAmbiguous) {
        std::string version(definition.version());
        version[0] = upper(version[0]);
        object.typeName += version;
        import += " as " + object.typeName;
      }
      imports_[path(definition)].insert(import);
    }
  }

  std::string path(const Definition& definition) const {
    for (const auto group : schema_.groupVersions()) {
      if (group.apiVersion() == definition.apiVersion()) return fmt::format("k8s/{}/{}", group.package(), group.version());
    }
    return {};
  }

  /// A resource is called like its object; where that is not unique, its kind is added, and then a number.
  void nameObjects() {
    std::map<std::string, int> uses;
    const auto plainName = [](const Object& object) {
      const auto* metadata = object.data->find("metadata");
      return metadata == nullptr ? std::string() : identifier(textAt(*metadata, "name"));
    };
    for (const auto& object : objects_) ++uses[plainName(object)];
    std::set<std::string> taken;
    for (auto& object : objects_) {
      auto name = plainName(object);
      const bool isFree = !name.empty() && uses[name] == 1 && !syntax::isReserved(syntax::wordKind(name)) && syntax::wordKind(name) == syntax::TokenKind::Name;
      if (!isFree) {
        const auto kind = std::string(object.definition.shortName());
        if (name.empty()) name = identifier(kind);
        else name += kind;
      }
      const auto base = name;
      for (int number = 2; !taken.insert(name).second; ++number) name = base + std::to_string(number);
      object.name = name;
    }
  }

  void write(Comments& comments) {
    ValueText values(schema_, comments);
    std::string text;
    bool isFirst = true;
    std::string imports;
    for (const auto& [from, names] : imports_) imports += fmt::format("import {{ {} }} from {}\n", fmt::join(names, ", "), syntax::quoted(from));
    for (const auto& object : objects_) {
      if (!text.empty()) text += "\n";
      for (const auto& comment : comments.before(extentOf(*object.data).begin)) text += comment + "\n";
      if (isFirst && !imports.empty()) text += imports + "\n";
      isFirst = false;
      noteLeftOut(object);
      text += fmt::format("resource {} = {} {}\n", object.name, object.typeName, values.object(*object.data, object.definition));
    }
    for (const auto& comment : comments.before(static_cast<std::uint32_t>(yaml_.size()) + 1)) text += comment + "\n";
    auto formatted = syntax::format(text);
    out_.text = formatted ? std::move(*formatted) : std::move(text);
  }

  void noteLeftOut(const Object& object) {
    for (const auto& entry : object.data->entries()) {
      const auto field = object.definition.field(entry.key);
      if (field && field->isServerOnly()) note(entry.keySpan.begin, fmt::format("`{}` is written by the cluster only: left out", entry.key));
      if (!field) note(entry.keySpan.begin, fmt::format("`{}` has no field `{}`", object.definition.shortName(), entry.key));
    }
  }

  std::string_view yaml_;
  const kubernetes::SchemaPack& schema_;
  Conversion& out_;
  std::vector<Object> objects_;
  std::map<std::string, std::set<std::string>> imports_;  // by path
};

}  // namespace

Conversion fromManifests(std::string_view yaml, const kubernetes::SchemaPack& schema) {
  Conversion out;
  Converter(yaml, schema, out).run();
  return out;
}

}  // namespace kdsl::convert
