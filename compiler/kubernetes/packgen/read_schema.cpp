#include "kubernetes/packgen/read_schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

namespace kdsl::kubernetes::packgen {

namespace {

using nlohmann::json;

constexpr std::string_view kRefPrefix = "#/$defs/";

/// Definitions that stand for one scalar or for any JSON. The package writes some of them as `oneOf` without a format, so the name decides.
std::optional<TypeTag> wrapperTag(std::string_view name) {
  static constexpr std::pair<std::string_view, TypeTag> kWrappers[] = {
      {"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON", TypeTag::Json},
      {"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray", TypeTag::Json},
      {"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool", TypeTag::Json},
      {"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray", TypeTag::Json},
      {"io.k8s.apimachinery.pkg.api.resource.Quantity", TypeTag::Quantity},
      {"io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1", TypeTag::Json},
      {"io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime", TypeTag::MicroTime},
      {"io.k8s.apimachinery.pkg.apis.meta.v1.Patch", TypeTag::Json},
      {"io.k8s.apimachinery.pkg.apis.meta.v1.Time", TypeTag::Time},
      {"io.k8s.apimachinery.pkg.runtime.RawExtension", TypeTag::Json},
      {"io.k8s.apimachinery.pkg.util.intstr.IntOrString", TypeTag::IntOrString},
  };
  const auto* found = std::ranges::find(kWrappers, name, &std::pair<std::string_view, TypeTag>::first);
  if (found == std::end(kWrappers)) return std::nullopt;
  return found->second;
}

bool looksLikeVersion(std::string_view part) { return part.size() >= 2 && part[0] == 'v' && part[1] >= '0' && part[1] <= '9'; }

std::string stringAt(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// A member that is an object or array, or an empty object (which iterates like an empty array).
const json& memberAt(const json& object, const char* key) {
  static const json kEmpty = json::object();
  const auto found = object.find(key);
  return found != object.end() && found->is_structured() ? *found : kEmpty;
}

/// The type name of a schema; the package writes an optional one as `[name, "null"]`.
std::string typeName(const json& schema) {
  const auto found = schema.find("type");
  if (found == schema.end()) return {};
  if (found->is_string()) return found->get<std::string>();
  if (found->is_array() && found->size() == 2 && (*found)[0].is_string() && (*found)[1] == "null") return (*found)[0].get<std::string>();
  return {};
}

class Reader {
 public:
  Reader(int minor, const Model& model, Errors& errors) : minor_(minor), model_(model), errors_(errors) {}

  ApiDefinition definition(const std::string& name, const json& schema) {
    ApiDefinition result;
    result.name = name;
    splitName(result);
    result.doc = stringAt(schema, "description");
    result.isAtomic = stringAt(schema, "x-kubernetes-map-type") == "atomic";
    result.isMarkedAsUnion = schema.contains("x-kubernetes-unions");
    if (typeName(schema) != "object") fail(name, "is neither an object nor a known scalar");

    std::set<std::string> required;
    for (const auto& field : memberAt(schema, "required")) required.insert(field.get<std::string>());
    const json& properties = memberAt(schema, "properties");
    for (const auto& [fieldName, fieldSchema] : properties.items()) {
      result.fields.push_back(field(name, fieldName, fieldSchema));
      result.fields.back().isRequired = required.erase(fieldName) > 0;
    }
    for (const std::string& missing : required) fail(name, fmt::format("requires `{}`, which it does not have", missing));
    std::ranges::sort(result.fields, {}, &ApiField::name);

    result.hasObjectMeta = stringAt(memberAt(properties, "metadata"), "$ref") == "#/$defs/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
    const json& kinds = memberAt(schema, "x-kubernetes-group-version-kind");
    // A few request types (DeleteOptions) are listed under every group: they are no kinds of objects.
    if (kinds.size() == 1 && result.field("apiVersion") != nullptr && result.field("kind") != nullptr) {
      result.isKind = true;
      result.group = stringAt(kinds[0], "group");
      if (stringAt(kinds[0], "version") != result.version || stringAt(kinds[0], "kind") != result.shortName) {
        fail(name, "has a group-version-kind that differs from its name");
      }
    }
    result.isListKind = result.isKind && !result.hasObjectMeta && result.field("items") != nullptr;
    return result;
  }

 private:
  void fail(std::string_view where, std::string_view what) { errors_.push_back(fmt::format("1.{}: {} {}", minor_, where, what)); }

  /// io.k8s.api.<package>.<version>.<name>
  static void splitName(ApiDefinition& result) {
    std::string_view rest = result.name;
    const auto takeLast = [&rest] {
      const size_t dot = rest.rfind('.');
      std::string part(dot == std::string_view::npos ? rest : rest.substr(dot + 1));
      rest = dot == std::string_view::npos ? std::string_view{} : rest.substr(0, dot);
      return part;
    };
    result.shortName = takeLast();
    std::string part = takeLast();
    if (looksLikeVersion(part)) {
      result.version = std::move(part);
      part = takeLast();
    }
    result.package = std::move(part);
  }

  ApiField field(const std::string& owner, const std::string& name, const json& schema) {
    const std::string where = owner + "." + name;
    ApiField result;
    result.name = name;
    result.doc = stringAt(schema, "description");
    result.type = type(where, schema, 0);
    result.isAtomic = stringAt(schema, "x-kubernetes-map-type") == "atomic";
    if (result.type.tag() == TypeTag::List) {
      result.listKind = listKind(where, stringAt(schema, "x-kubernetes-list-type"));
      for (const auto& key : memberAt(schema, "x-kubernetes-list-map-keys")) result.listKeys.push_back(key.get<std::string>());
      if ((result.listKind == ListKind::Map) == result.listKeys.empty()) fail(where, "is a keyed list without keys, or has keys without being one");
    }
    return result;
  }

  ListKind listKind(const std::string& where, std::string_view text) {
    if (text.empty()) return ListKind::Unmarked;
    if (text == "atomic") return ListKind::Atomic;
    if (text == "set") return ListKind::Set;
    if (text == "map") return ListKind::Map;
    fail(where, fmt::format("has the unknown list type `{}`", text));
    return ListKind::Unmarked;
  }

  TypeDesc type(const std::string& where, const json& schema, int depth) {
    if (const std::string ref = stringAt(schema, "$ref"); !ref.empty()) return referenced(where, ref);
    const std::string name = typeName(schema);
    const std::string format = stringAt(schema, "format");
    if (name == "boolean") return TypeDesc::scalar(TypeTag::Bool);
    if (name == "integer" && format == "int32") return TypeDesc::scalar(TypeTag::Int32);
    if (name == "integer" && format == "int64") return TypeDesc::scalar(TypeTag::Int64);
    if (name == "number" && format == "double") return TypeDesc::scalar(TypeTag::Float);
    if (name == "string" && format.empty()) return TypeDesc::scalar(TypeTag::String);
    if (name == "string" && format == "byte") return TypeDesc::scalar(TypeTag::Bytes);
    if (depth < 3 && name == "array" && schema.contains("items")) {
      return TypeDesc::container(TypeTag::List, type(where, schema["items"], depth + 1));
    }
    if (depth < 3 && name == "object" && schema.contains("additionalProperties")) {
      return TypeDesc::container(TypeTag::Map, type(where, schema["additionalProperties"], depth + 1));
    }
    fail(where, fmt::format("has a type that the packs cannot express: {}", schema.dump()));
    return TypeDesc::scalar(TypeTag::Json);
  }

  TypeDesc referenced(const std::string& where, std::string_view ref) {
    if (ref.starts_with(kRefPrefix)) {
      const std::string_view name = ref.substr(kRefPrefix.size());
      if (const auto tag = wrapperTag(name)) return TypeDesc::scalar(*tag);
      if (const auto id = model_.idOf(name)) return TypeDesc::of(*id);
    }
    fail(where, fmt::format("refers to the unknown definition `{}`", ref));
    return TypeDesc::scalar(TypeTag::Json);
  }

  int minor_;
  const Model& model_;
  Errors& errors_;
};

/// 36 for `…/v1.36.json`, 0 when the name is another.
int minorOf(const std::string& path) {
  const std::string stem = std::filesystem::path(path).stem().string();
  int minor = 0;
  if (!stem.starts_with("v1.")) return 0;
  const auto [end, error] = std::from_chars(stem.data() + 3, stem.data() + stem.size(), minor);
  return error == std::errc{} && end == stem.data() + stem.size() ? minor : 0;
}

/// Parts have no group-version-kind: they take the group of the kinds beside them.
void giveGroupsToParts(Api& api) {
  std::map<std::string, std::string> groupOfPackage;
  for (const auto& [name, definition] : api.definitions) {
    if (definition.isKind && definition.package != "meta") groupOfPackage[definition.package] = definition.group;
  }
  for (auto& [name, definition] : api.definitions) {
    if (const auto found = groupOfPackage.find(definition.package); found != groupOfPackage.end()) definition.group = found->second;
  }
}

}  // namespace

void readSchemas(std::span<const std::string> paths, Model& model, Errors& errors) {
  std::vector<std::pair<int, json>> files;
  std::set<std::string> names;
  for (const std::string& path : paths) {
    std::ifstream input(path);
    json document = json::parse(input, nullptr, /*allow_exceptions=*/false);
    const int minor = minorOf(path);
    if (minor == 0 || document.is_discarded() || !document.contains("$defs") || !document["$defs"].is_object()) {
      errors.push_back(fmt::format("{} is not the schema of a Kubernetes version (v1.NN.json with `$defs`)", path));
      continue;
    }
    for (const auto& [name, schema] : document["$defs"].items()) {
      if (!wrapperTag(name)) names.insert(name);
    }
    files.emplace_back(minor, std::move(document["$defs"]));
  }
  std::ranges::sort(files, {}, &std::pair<int, json>::first);
  model.names.assign(names.begin(), names.end());

  for (const auto& [minor, definitions] : files) {
    Api api;
    api.minor = minor;
    Reader reader(minor, model, errors);
    for (const auto& [name, schema] : definitions.items()) {
      if (!wrapperTag(name)) api.definitions.emplace(name, reader.definition(name, schema));
    }
    giveGroupsToParts(api);
    // A struct that is replaced whole makes every field of that type one that is.
    for (auto& [name, definition] : api.definitions) {
      for (ApiField& field : definition.fields) {
        if (field.type.tag() != TypeTag::Definition) continue;
        const auto target = api.definitions.find(model.names[static_cast<size_t>(field.type.definition())]);
        if (target == api.definitions.end()) {
          errors.push_back(fmt::format("1.{}: {}.{} refers to a definition of another version only", minor, name, field.name));
        } else if (target->second.isAtomic) {
          field.isAtomic = true;
        }
      }
    }
    model.apis.push_back(std::move(api));
  }
}

}  // namespace kdsl::kubernetes::packgen
