#include "convert/manifests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "codec/read.hpp"
#include "convert/comments.hpp"
#include "convert/kind_names.hpp"
#include "convert/value_text.hpp"
#include "convert/written_by_cluster.hpp"
#include "syntax/format.hpp"
#include "syntax/token.hpp"

namespace kdsl::convert {

using codec::Data;
using kubernetes::Definition;

namespace {

/// One object, and where it stands.
struct Object {
  Data* data = nullptr;
  std::uint32_t begin = 0;
  std::size_t kind = 0;                  // of `kinds_`
  const PlaceTypes* types = nullptr;
  PlaceType type = PlaceType::Unknown;
  std::string name;                      // of the resource
};

std::string textAt(const Data& object, std::string_view key) {
  const auto* found = object.find(key);
  return found != nullptr && found->isString() ? found->asString() : std::string();
}

std::string metadataAt(const Data& object, std::string_view key) {
  const auto* metadata = object.find("metadata");
  return metadata == nullptr ? std::string() : textAt(*metadata, key);
}

std::string_view groupOf(std::string_view apiVersion) {
  const auto slash = apiVersion.find('/');
  return slash == std::string_view::npos ? std::string_view() : apiVersion.substr(0, slash);
}

class Converter {
 public:
  Converter(std::string_view yaml, const kubernetes::SchemaPack& schema, ForeignKinds& kinds, Conversion& out)
      : yaml_(yaml), schema_(schema), places_(schema), foreign_(kinds), out_(out) {}

  void run() {
    auto read = codec::readYaml(yaml_);
    if (isTemplate(read)) return;
    for (const auto& problem : read.problems) {
      const bool isKept = codec::isWarning(problem.problem) && problem.problem != codec::Problem::InexactInteger;
      (isKept ? out_.notes : out_.problems).push_back(at(problem.span.begin, codec::describe(problem)));
    }
    if (!read.ok()) return;
    Comments comments(yaml_, read.documents);
    for (auto& document : read.documents) collect(document, comments);
    noteLeftOut();
    nameKinds(kinds_, schema_);
    nameObjects();
    write(comments);
  }

 private:
  void refuse(std::uint32_t offset, const std::string& text) { out_.problems.push_back(at(offset, text)); }
  std::string at(std::uint32_t offset, const std::string& text) const {
    const auto before = yaml_.substr(0, std::min<std::size_t>(offset, yaml_.size()));
    return fmt::format("line {}: {}", std::count(before.begin(), before.end(), '\n') + 1, text);
  }

  /// A chart's file is YAML only once Helm has filled it in. `{{` within the texts of an object that is complete means something to others.
  bool isTemplate(const codec::ReadResult& read) {
    const auto open = yaml_.find("{{");
    if (open == std::string_view::npos) return false;
    const bool namesObject = std::any_of(read.documents.begin(), read.documents.end(), [](const Data& document) {
      const std::string texts[] = {textAt(document, "apiVersion"), textAt(document, "kind"), metadataAt(document, "name"), metadataAt(document, "namespace")};
      return std::any_of(std::begin(texts), std::end(texts), [](const std::string& text) { return text.find("{{") != std::string::npos; });
    });
    if (read.ok() && !namesObject) return false;
    refuse(static_cast<std::uint32_t>(open),
         "`{{ … }}` is for Helm to fill in: this is a template of a chart, not a manifest yet. Import what Helm makes of it: `helm template NAME CHART | kdsl import yaml -`");
    return true;
  }

  void collect(Data& document, const Comments& comments) {
    if (document.isNull()) return;
    const auto begin = extentOf(document).begin;
    const auto apiVersion = textAt(document, "apiVersion"), kind = textAt(document, "kind");
    if (kind.empty() || apiVersion.empty()) return refuse(begin, "no object of Kubernetes: it has no `apiVersion` or no `kind`");
    if (kind.ends_with("List")) {
      const auto items = std::find_if(document.entries().begin(), document.entries().end(), [](const auto& entry) { return entry.key == "items" && entry.value.isList(); });
      if (items != document.entries().end()) {
        for (auto& item : items->value.items()) collect(item, comments);
        return;
      }
    }
    if (const auto maker = makerOf(document); !maker.empty()) {
      made_.push_back(fmt::format("{}/{} of {}", kind, metadataAt(document, "name"), maker));
      return;
    }
    if (groupOf(apiVersion) == "kustomize.config.k8s.io") {
      return refuse(begin, "no object of Kubernetes, but what Kustomize works by: left out. Import what it makes of it: `kubectl kustomize FOLDER | kdsl import yaml -`");
    }
    dropWrittenByCluster(document, written_);
    if (const auto definition = find(apiVersion, kind)) return add(document, begin, *definition);
    if (const auto group = groupOf(apiVersion); isOfApi(group)) return refuse(begin, goneText(apiVersion, kind));
    if (metadataAt(document, "name").empty()) return refuse(begin, fmt::format("no object of Kubernetes: this {} `{}` has no `metadata.name`", apiVersion, kind));
    addForeign(document, begin, apiVersion, kind, comments);
  }

  std::optional<Definition> find(std::string_view apiVersion, std::string_view kind) const {
    for (const auto group : schema_.groupVersions()) {
      if (group.apiVersion() != apiVersion || group.package() == "meta") continue;  // of `meta` are answers and options, no objects
      if (const auto found = group.find(kind)) return schema_.definition(*found);
    }
    return std::nullopt;
  }

  /// Whether a group is one of Kubernetes itself, which has no operators' kinds. Those have a domain of their own in their names.
  bool isOfApi(std::string_view group) const {
    if (group.find('.') == std::string_view::npos) return true;
    const auto groups = schema_.groupVersions();
    return std::any_of(groups.begin(), groups.end(), [&](const auto& known) { return groupOf(known.apiVersion()) == group; });
  }

  std::string goneText(std::string_view apiVersion, std::string_view kind) const {
    auto text = fmt::format("Kubernetes 1.{} has no {} `{}`: left out", schema_.minor(), apiVersion, kind);
    if (const auto now = schema_.prelude(kind); now && schema_.definition(*now).isKind()) text += fmt::format(". It is of {} now", schema_.definition(*now).apiVersion());
    return text;
  }

  void add(Data& document, std::uint32_t begin, Definition definition) {
    const auto usual = schema_.prelude(definition.shortName());
    const bool isBare = usual && *usual == definition.id();
    objects_.push_back({&document, begin, kindNumber({std::string(definition.apiVersion()), std::string(definition.shortName()), isBare ? "" : path(definition), false, false, {}}), &places_, KubernetesPlaces::of(definition), {}});
    for (const auto& entry : document.entries()) {
      if (!definition.field(entry.key)) refuse(entry.keySpan.begin, fmt::format("`{}` has no field `{}`", definition.shortName(), entry.key));
    }
  }

  void addForeign(Data& document, std::uint32_t begin, const std::string& apiVersion, const std::string& kind, const Comments& comments) {
    const auto known = foreign_.find(apiVersion, kind);
    std::string why = fmt::format("no module at hand has {} `{}`", apiVersion, kind);
    if (known && known->apiVersion != apiVersion) why = fmt::format("\"{}\" has `{}` of {}, not of {}", known->module, kind, known->apiVersion, apiVersion);
    if (known && known->apiVersion == apiVersion) {
      auto ownComments = comments;
      const auto fault = foreign_.faultOf(fmt::format("import {{ {0} }} from \"{1}\"\nresource it = {0} {2}\n", known->name, known->module, ValueText(foreign_.types(), ownComments).object(document, known->type)));
      if (!fault) {
        objects_.push_back({&document, begin, kindNumber({apiVersion, known->name, known->module, false, false, {}}), &foreign_.types(), known->type, {}});
        return;
      }
      why = fmt::format("\"{}\" does not know all of this `{}` ({})", known->module, kind, *fault);
    }
    const bool isNamespaced = !metadataAt(document, "namespace").empty();
    const auto number = kindNumber({apiVersion, kind, {}, true, isNamespaced, {}});
    kinds_[number].isNamespaced |= isNamespaced;
    objects_.push_back({&document, begin, number, &places_, KubernetesPlaces::anyObject, {}});
    out_.notes.push_back(at(begin, why + ": its fields are taken over unchecked; `kdsl import crd` makes a schema of its definition"));
  }

  std::size_t kindNumber(UsedKind wanted) {
    const auto known = std::find_if(kinds_.begin(), kinds_.end(), [&](const UsedKind& kind) {
      return kind.apiVersion == wanted.apiVersion && kind.kind == wanted.kind && kind.isDeclared == wanted.isDeclared;
    });
    if (known != kinds_.end()) return static_cast<std::size_t>(known - kinds_.begin());
    kinds_.push_back(std::move(wanted));
    return kinds_.size() - 1;
  }

  std::string path(const Definition& definition) const {
    for (const auto group : schema_.groupVersions()) {
      if (group.apiVersion() == definition.apiVersion()) return fmt::format("k8s/{}/{}", group.package(), group.version());
    }
    return {};
  }

  void noteLeftOut() {
    if (!written_.empty()) out_.notes.push_back(fmt::format("left out what only the cluster writes: {}", fmt::join(written_, ", ")));
    if (!made_.empty()) out_.notes.push_back(fmt::format("left out what controllers make of other objects: {}", fmt::join(made_, ", ")));
  }

  /// A resource is called like its object; where that is not unique, its kind is added, and then a number.
  void nameObjects() {
    std::map<std::string, int> uses;
    for (const auto& object : objects_) ++uses[identifier(metadataAt(*object.data, "name"))];
    std::set<std::string> taken;
    for (auto& object : objects_) {
      auto name = identifier(metadataAt(*object.data, "name"));
      const bool isFree = !name.empty() && uses[name] == 1 && !syntax::isReserved(syntax::wordKind(name)) && syntax::wordKind(name) == syntax::TokenKind::Name;
      if (!isFree) {
        const auto kind = typeIdentifier(kinds_[object.kind].kind);
        if (name.empty()) {
          name = identifier(kind.empty() ? "object" : kind);
        } else {
          name += kind;
        }
      }
      const auto base = name;
      for (int number = 2; !taken.insert(name).second; ++number) name = fmt::format("{}{}", base, number);
      object.name = name;
    }
  }

  void write(Comments& comments) {
    std::string text;
    bool isFirst = true;
    const auto declarations = declarationsOf(kinds_);
    for (const auto& object : objects_) {
      if (!text.empty()) text += "\n";
      for (const auto& comment : comments.before(object.begin)) text += comment + "\n";
      if (isFirst && !declarations.empty()) text += declarations + "\n";
      isFirst = false;
      text += fmt::format("resource {} = {} {}\n", object.name, kinds_[object.kind].name, ValueText(*object.types, comments).object(*object.data, object.type));
    }
    for (const auto& comment : comments.before(static_cast<std::uint32_t>(yaml_.size()) + 1)) text += comment + "\n";
    auto formatted = syntax::format(text);
    out_.text = formatted ? std::move(*formatted) : std::move(text);
  }

  std::string_view yaml_;
  const kubernetes::SchemaPack& schema_;
  KubernetesPlaces places_;
  ForeignKinds& foreign_;
  Conversion& out_;
  std::vector<Object> objects_;
  std::vector<UsedKind> kinds_;
  std::set<std::string> written_;
  std::vector<std::string> made_;
};

}  // namespace

Conversion fromManifests(std::string_view yaml, const kubernetes::SchemaPack& schema, ForeignKinds& kinds) {
  Conversion out;
  Converter(yaml, schema, kinds, out).run();
  return out;
}

}  // namespace kdsl::convert
