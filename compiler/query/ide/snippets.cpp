#include "query/ide/snippets.hpp"

#include <algorithm>

#include "query/ide/type_lookup.hpp"

namespace kdsl::query {

using types::MemberKind;
using types::TypeKind;

namespace {

/// Schemas end somewhere; those that hold themselves do not.
constexpr unsigned deepest = 8;

/// Fields that the API server wants though its schema does not require them, or that an object is of no use without.
struct Needed {
  std::string_view type, member;
};
constexpr Needed needed[] = {
    {"ClusterRole", "rules"},
    {"ClusterRoleBinding", "subjects"},
    {"ConfigMap", "data"},
    {"Container", "image"},
    {"HTTPGetAction", "path"},
    {"HTTPIngressPath", "path"},
    {"HTTPIngressRuleValue", "paths"},
    {"IngressBackend", "service"},
    {"IngressRule", "http"},
    {"IngressSpec", "rules"},
    {"JobTemplateSpec", "spec"},
    {"LabelSelector", "matchLabels"},
    {"MetricSpec", "resource"},
    {"NetworkPolicySpec", "podSelector"},
    {"PersistentVolumeClaimSpec", "accessModes"},
    {"PersistentVolumeClaimSpec", "resources"},
    {"PodDisruptionBudgetSpec", "selector"},
    {"PodTemplateSpec", "spec"},
    {"PolicyRule", "apiGroups"},
    {"PolicyRule", "resources"},
    {"Probe", "httpGet"},
    {"ReplicaSetSpec", "template"},
    {"ReplicationControllerSpec", "selector"},
    {"ReplicationControllerSpec", "template"},
    {"Role", "rules"},
    {"RoleBinding", "subjects"},
    {"Secret", "stringData"},
    {"ServicePort", "targetPort"},
    {"ServiceSpec", "ports"},
    {"ServiceSpec", "selector"},
    {"VolumeResourceRequirements", "requests"},
};

/// Fields of type string in which only a few texts make sense; several are separated by commas.
struct Usual {
  std::string_view type, member, texts;
};
constexpr Usual usual[] = {
    {"MetricSpec", "type", "Resource"},
    {"MetricTarget", "type", "Utilization,AverageValue"},
    {"ResourceMetricSource", "name", "cpu,memory"},
};

bool isListed(std::string_view type, std::string_view member) {
  return std::any_of(std::begin(needed), std::end(needed), [&](const Needed& one) { return one.type == type && one.member == member; });
}

bool isText(const types::TypeTable& table, TypeId type) {
  const auto& node = table[table.underlying(type)];
  return node.kind == TypeKind::String || node.kind == TypeKind::Sensitive ||
         (node.kind == TypeKind::Union && std::all_of(node.members.begin(), node.members.end(), [&](TypeId one) { return isText(table, one); }));
}

bool holdsLabelTexts(std::string_view key) { return key == "labels" || key == "matchLabels" || key == "selector"; }

std::string indented(const std::string& text) {
  std::string result;
  for (const char c : text) {
    result += c;
    if (c == '\n') result += '\t';
  }
  return result;
}

}  // namespace

std::string escapedForSnippet(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '$' || c == '}' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

/// Either text, or a body with entries. `isOfFields`: its keys are fields, which may be written as a path.
struct SnippetWriter::Value {
  std::string text;
  std::vector<Entry> entries;
  bool isBody = false;
  bool isOfFields = false;
  /// Every entry has lines of its own: more will be written there.
  bool isWide = false;

  static Value of(std::string written);
};

struct SnippetWriter::Entry {
  std::string key;
  Value value;
};

SnippetWriter::Value SnippetWriter::Value::of(std::string written) {
  Value value;  // here its entries are of a complete type
  value.text = std::move(written);
  return value;
}

std::string SnippetWriter::stop(std::string_view placeholder) {
  const auto number = std::to_string(++stops_);
  return placeholder.empty() ? "$" + number : "${" + number + ":" + escapedForSnippet(placeholder) + "}";
}

std::string SnippetWriter::nameStop() {
  if (nameStop_ != 0) return "$" + std::to_string(nameStop_);
  auto text = stop(objectName_.empty() ? "app" : objectName_);
  nameStop_ = stops_;
  return text;
}

bool SnippetWriter::hasTextKey(const types::TypeNode& list) const { return isText(program_.types(), placeOf(program_, list.element, list.keys[0])); }

std::string SnippetWriter::rendered(const Value& value) { return value.isBody ? rendered(value.entries, value.isWide, /*isOpen=*/false) : value.text; }

std::string SnippetWriter::rendered(const std::vector<Entry>& entries, bool isWide, bool isOpen) {
  if (entries.empty()) return "{ $0 }";
  std::vector<std::string> lines;
  for (const auto& entry : entries) {
    // `a: { b: v }` is `a.b: v`.
    auto key = entry.key;
    const auto* value = &entry.value;
    while (value->isBody && value->isOfFields && value->entries.size() == 1) {
      key += "." + value->entries[0].key;
      value = &value->entries[0].value;
    }
    lines.push_back(key + ": " + rendered(*value));
  }
  if (lines.size() == 1 && !isWide && !isOpen && lines[0].find('\n') == std::string::npos) return "{ " + lines[0] + " }";
  std::string text = "{";
  for (const auto& line : lines) text += "\n\t" + indented(line);
  return text + (isOpen ? "\n\t$0\n}" : "\n}");
}

bool SnippetWriter::isNeeded(const types::Nominal& nominal, const types::Member& member) const {
  if (member.kind != MemberKind::Param && member.kind != MemberKind::Field) return false;
  if (member.required) return true;
  if (!types::isOfApi(nominal.kind)) return false;
  const auto type = base::text(nominal.name), name = base::text(member.name);
  if (nominal.isKind() && name == "spec") return true;
  if (type == "PodTemplateSpec" && name == "metadata") return isSelected_;
  if (type == "PodSpec" && name == "restartPolicy") return isJob_;
  return isListed(type, name);
}

SnippetWriter::Value SnippetWriter::labels() {
  Value value;
  value.isBody = true;
  value.entries.push_back({"app", Value::of("\"" + nameStop() + "\"")});
  return value;
}

SnippetWriter::Value SnippetWriter::usualText(std::string_view texts) {
  const bool isChoice = texts.find(',') != std::string_view::npos;
  return Value::of(isChoice ? "\"${" + std::to_string(++stops_) + "|" + std::string(texts) + "|}\"" : "\"" + std::string(texts) + "\"");
}

SnippetWriter::Value SnippetWriter::memberOf(const types::Nominal& owner, const types::Member& member) {
  const auto name = base::text(member.name);
  if (name == "metadata" && (types::isOfApi(owner.kind) || owner.isKind())) {
    Value metadata;
    metadata.isBody = metadata.isOfFields = true;
    if (owner.isKind()) {
      metadata.entries.push_back({"name", Value::of("\"" + nameStop() + "\"")});
    } else if (isSelected_) {
      metadata.entries.push_back({"labels", labels()});
    }
    return metadata;
  }
  const auto wasSelected = isSelected_, wasJob = isJob_;
  const auto ofOwner = base::text(owner.name);
  const auto known = types::isOfApi(owner.kind) ? std::ranges::find_if(usual, [&](const Usual& one) { return one.type == ofOwner && one.member == name; }) : std::end(usual);
  if (known != std::end(usual)) return usualText(known->texts);
  if (name == "scaleTargetRef" && ofOwner == "HorizontalPodAutoscalerSpec") {
    Value target;
    target.isBody = target.isOfFields = true;
    target.entries.push_back({"apiVersion", Value::of("\"apps/v1\"")});
    target.entries.push_back({"kind", usualText("Deployment,StatefulSet")});
    target.entries.push_back({"name", Value::of("\"" + stop() + "\"")});
    return target;
  }
  if (name == "template") {
    const auto* selector = owner.find(base::intern("selector"));
    isSelected_ = selector != nullptr && isNeeded(owner, *selector);
    isJob_ = ofOwner == "JobSpec";
  }
  // A component names what it makes after itself.
  if (owner.kind == types::NominalKind::Component && name == "name" && !objectName_.empty() && isText(program_.types(), member.type)) return Value::of("\"" + nameStop() + "\"");
  // Two policies that a job may have; the third one is the default of all other pods.
  auto value = name == "restartPolicy" && isJob_ ? Value::of("\"${" + std::to_string(++stops_) + "|Never,OnFailure|}\"")
                                                 : valueOf(member.type, types::isOfApi(owner.kind) ? name : std::string_view());
  isSelected_ = wasSelected;
  isJob_ = wasJob;
  return value;
}

SnippetWriter::Value SnippetWriter::bodyOf(const types::Nominal& nominal, base::Symbol without) {
  Value value;
  value.isBody = value.isOfFields = true;
  if (depth_ == deepest) return value;
  ++depth_;
  const auto groupMember = [&](std::size_t group) {
    const auto& members = nominal.oneofs[group - 1].members;
    const auto listed = std::find_if(members.begin(), members.end(), [&](base::Symbol one) { return isListed(base::text(nominal.name), base::text(one)); });
    return listed != members.end() ? *listed : members.empty() ? base::emptySymbol : members.front();
  };
  for (const auto& member : nominal.members) {
    const auto name = base::text(member.name);
    const bool isIdentity = nominal.isKind() && (name == "kind" || name == "apiVersion");
    if (member.name == without || isIdentity || member.serverOnly || member.isPrivate) continue;
    const bool isOfGroup = member.oneof != 0 && member.oneof <= nominal.oneofs.size();
    const bool isChosen = isOfGroup && nominal.oneofs[member.oneof - 1].required && groupMember(member.oneof) == member.name;
    const bool isNameOfObject = nominal.isKind() && name == "metadata";
    if (isChosen || isNameOfObject || isNeeded(nominal, member)) value.entries.push_back({std::string(name), memberOf(nominal, member)});
  }
  --depth_;
  return value;
}

SnippetWriter::Value SnippetWriter::keyed(const types::TypeNode& list) {
  Value value;
  if (list.keys.size() != 1 || !hasTextKey(list)) {
    const auto* nominal = nominalOf(program_, list.element);
    const auto element = nominal == nullptr ? "{ " + stop() + " }" : rendered(bodyOf(*nominal, {}));
    value.text = element == "{ $0 }" ? "[{ " + stop() + " }]" : "[" + element + "]";
    return value;
  }
  value.isBody = value.isWide = true;
  value.entries.push_back(elementOf(list));
  return value;
}

SnippetWriter::Entry SnippetWriter::elementOf(const types::TypeNode& list) {
  // Its place in the order of stops is before those of its body.
  auto key = hasTextKey(list) ? stop(base::text(list.keys[0])) : "[" + stop() + "]";
  const auto* nominal = nominalOf(program_, list.element);
  auto body = nominal == nullptr ? Value{} : bodyOf(*nominal, list.keys[0]);
  if (body.entries.empty()) body = Value::of("{\n\t" + stop() + "\n}");
  body.isOfFields = false;
  body.isWide = true;
  return {std::move(key), std::move(body)};
}

/// One of a few texts.
SnippetWriter::Value SnippetWriter::choice(const types::TypeNode& node) {
  std::string list;
  for (const auto branch : node.members) {
    for (const char c : base::text(program_.types()[branch].symbol)) {
      if (c == ',' || c == '|' || c == '\\') list += '\\';
      list += c;
    }
    list += ',';
  }
  list.pop_back();
  return Value::of("\"${" + std::to_string(++stops_) + "|" + list + "|}\"");
}

SnippetWriter::Value SnippetWriter::valueOf(TypeId type, std::string_view key) {
  const auto& table = program_.types();
  const auto& node = table[table.underlying(type)];
  const auto text = [](std::string written) { return Value::of(std::move(written)); };
  switch (node.kind) {
    case TypeKind::String:
    case TypeKind::Sensitive: return text("\"" + stop() + "\"");
    case TypeKind::StringLiteral: return text("\"" + std::string(escapedForSnippet(base::text(node.symbol))) + "\"");
    case TypeKind::Bool: return text("${" + std::to_string(++stops_) + "|true,false|}");
    case TypeKind::Set:
    case TypeKind::List: {
      const auto* nominal = nominalOf(program_, node.element);
      const bool isBody = nominal != nullptr && !nominal->isKind() && (types::isOfApi(nominal->kind) || nominal->kind == types::NominalKind::Schema);
      const auto element = isBody && table.kind(table.underlying(node.element)) == TypeKind::Nominal ? rendered(bodyOf(*nominal, {})) : std::string();
      if (element == "{ $0 }") return text("[{ " + stop() + " }]");
      if (!element.empty()) return text("[" + element + "]");
      return text("[" + rendered(valueOf(node.element, {})) + "]");
    }
    case TypeKind::Keyed: return keyed(node);
    case TypeKind::Map:
      if (holdsLabelTexts(key) && isText(table, node.element)) return labels();
      return text("{ " + stop() + " }");
    case TypeKind::Record: {
      Value value;
      value.isBody = value.isOfFields = true;
      if (depth_++ < deepest) {
        for (const auto& field : node.fields) {
          if (!field.hasDefault() && table.kind(field.type) != TypeKind::Optional) value.entries.push_back({std::string(base::text(field.name)), valueOf(field.type, base::text(field.name))});
        }
      }
      --depth_;
      return value.entries.empty() ? text("{ " + stop() + " }") : value;
    }
    case TypeKind::Nominal: {
      const auto& nominal = program_.nominal(node.nominal);
      const bool isBody = !nominal.isKind() && (types::isOfApi(nominal.kind) || nominal.kind == types::NominalKind::Schema);
      if (!isBody) return text(stop());
      auto value = bodyOf(nominal, {});
      return value.entries.empty() ? text("{ " + stop() + " }") : value;
    }
    case TypeKind::Union: {
      const bool isChoice = std::all_of(node.members.begin(), node.members.end(), [&](TypeId one) { return table.kind(one) == TypeKind::StringLiteral; });
      if (isChoice) return choice(node);
      return text(isText(table, type) ? "\"" + stop() + "\"" : stop());
    }
    default: return text(stop());
  }
}

std::string SnippetWriter::body(const types::Nominal& nominal, base::Symbol without, bool isOpen) { return rendered(bodyOf(nominal, without).entries, /*isWide=*/false, isOpen); }

std::string SnippetWriter::value(TypeId type, bool isOpen) {
  const auto found = valueOf(type, {});
  return found.isBody ? rendered(found.entries, found.isWide, isOpen) : found.text;
}

std::string SnippetWriter::element(const types::TypeNode& list) {
  const auto entry = elementOf(list);
  return entry.key + ": " + rendered(entry.value);
}

std::string SnippetWriter::behindKey(std::string_view key, TypeId type) {
  const auto& table = program_.types();
  const auto found = valueOf(type, key);
  if (found.isBody && found.isOfFields) return ": " + rendered(found.entries, /*isWide=*/true, /*isOpen=*/true);
  if (found.isBody) return ": " + rendered(found);
  // A lone stop is where the caret ends up; a body with nothing that must stand in it gets its own lines.
  if (found.text == "{ $1 }" && nominalOf(program_, type) != nullptr && table.kind(table.underlying(type)) == TypeKind::Nominal) return ": {\n\t$0\n}";
  if (stops_ != 1) return ": " + found.text;
  auto text = found.text;
  if (const auto at = text.find("$1"); at != std::string::npos) text[at + 1] = '0';
  return ": " + text;
}

}  // namespace kdsl::query
