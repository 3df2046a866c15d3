#include "query/ide/describe.hpp"

#include <algorithm>

#include "query/ide/type_lookup.hpp"
#include "types/builtins.hpp"

namespace kdsl::query {

using hir::ItemKind;
using types::Member;
using types::MemberKind;
using types::TypeKind;

namespace {

constexpr std::size_t maxTypeBytes = 160;
constexpr std::size_t maxSourceBytes = 60;
constexpr std::size_t maxValues = 12;

/// Cuts a text behind `limit` bytes, not inside a character.
std::string cut(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return std::string(text);
  auto end = limit;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

/// The source of a short expression or type, on one line; longer ones become `{ … }` or are cut.
std::string sourceOf(const Facts& facts, FileId file, Span span) {
  const std::string_view text = (*facts.files)[file].text;
  if (span.end > text.size()) return "…";
  const auto source = text.substr(span.begin, span.size());
  const auto newline = source.find('\n');
  if (newline == std::string_view::npos) return cut(source, maxSourceBytes);
  return source.starts_with('{') ? "{ … }" : source.starts_with('[') ? "[ … ]" : cut(source.substr(0, newline), maxSourceBytes) + " …";
}

/// What a param has by default, ` = 2`; empty without a default.
std::string defaultIn(const Facts& facts, FileId file, hir::ExprId value, TypeId type) {
  if (!base::valid(value)) return {};
  return isSensitive(facts.types(), type) ? " = …" : " = " + sourceOf(facts, file, (*facts.program->module(file).hir)[value].span);
}

std::string fnSignature(const Facts& facts, FileId file, const sema::CheckedModule& module, const hir::Item& fn) {
  std::string line = "fn " + std::string(base::text(fn.name)) + "(";
  for (std::uint32_t i = 0; i < fn.paramCount; ++i) {
    const auto at = base::index(fn.firstParam) + i;
    const auto& local = module.hir->locals[at];
    if (i != 0) line += ", ";
    line += std::string(base::text(local.name)) + ": " + shortType(*facts.program, module.localTypes[at]);
    line += defaultIn(facts, file, local.value, module.localTypes[at]);
  }
  return line + ")";
}

std::string itemSignature(const Facts& facts, const Target& target, TypeId type) {
  const auto& module = facts.program->module(target.file);
  const auto& item = (*module.hir)[target.item];
  const auto declared = module.itemTypes[base::index(target.item)];
  std::string line = (item.isPrivate ? "private " : "") + std::string(wordOf(item.kind)) + " ";
  const std::string name(base::text(item.name));
  switch (item.kind) {
    case ItemKind::Module: return "module " + (*facts.files)[target.file].displayPath;
    case ItemKind::Import: return line + "\"" + std::string(base::text(module.hir->imports[item.import].path)) + "\" as " + name;
    case ItemKind::Param:
    case ItemKind::Let:
    case ItemKind::Resource:
    case ItemKind::External:
      line += name + ": " + shortType(*facts.program, declared == types::errorType ? type : declared);
      if (item.kind == ItemKind::Param) line += defaultIn(facts, target.file, item.value, declared);
      return line;
    case ItemKind::TypeAlias:
      return line + name + " = " + (base::valid(item.type) ? sourceOf(facts, target.file, (*module.hir)[item.type].span) : "…");
    case ItemKind::Schema:
    case ItemKind::Component: {
      line += name;
      if (item.extends.count != 0) line += " extends " + sourceOf(facts, target.file, item.extends.span);
      return line;
    }
    case ItemKind::Fn: {
      const auto signature = fnSignature(facts, target.file, module, item);
      return signature + (declared == types::errorType ? std::string() : ": " + shortType(*facts.program, declared));
    }
    case ItemKind::Policy: return line + name;
    case ItemKind::Test: return line + "\"" + name + "\"";
  }
  return line;
}

std::string_view wordOf(MemberKind kind) {
  switch (kind) {
    case MemberKind::Field: return "";
    case MemberKind::Param: return "param ";
    case MemberKind::Let: return "let ";
    case MemberKind::Resource: return "resource ";
    case MemberKind::External: return "external ";
  }
  return "";
}

std::string localSignature(const Facts& facts, const Target& target, TypeId type) {
  const auto& module = facts.program->module(target.file);
  const auto& local = (*module.hir)[target.local];
  const auto declared = module.localTypes[base::index(target.local)];
  const char* const word = local.kind == hir::LocalKind::Let ? "let " : local.kind == hir::LocalKind::For ? "for " : "";
  return word + std::string(base::text(local.name)) + ": " + shortType(*facts.program, declared == types::errorType ? type : declared);
}

void paragraph(std::string& text, std::string_view added) {
  if (added.empty()) return;
  if (!text.empty()) text += "\n\n";
  text += added;
}

std::string defaultText(const kubernetes::DefaultValue& value) {
  switch (value.kind) {
    case kubernetes::DefaultValue::Kind::Bool: return value.boolean ? "true" : "false";
    case kubernetes::DefaultValue::Kind::Int: return std::to_string(value.integer);
    case kubernetes::DefaultValue::Kind::String: return "\"" + std::string(value.string) + "\"";
  }
  return {};
}

std::string valuesText(const kubernetes::StringList& values) {
  std::string text;
  for (std::size_t i = 0; i < values.size() && i < maxValues; ++i) text += (i == 0 ? "`\"" : ", `\"") + std::string(values[i]) + "\"`";
  return values.size() > maxValues ? text + ", …" : text;
}

/// What the API's tables know of a field.
void describeApiField(std::string& text, const kubernetes::Field& field) {
  if (const auto value = field.defaultValue())
    paragraph(text, "Default: `" + defaultText(*value) + "` (set by the cluster, never written)");
  if (const auto values = field.enumValues(); !values.empty()) paragraph(text, "Values: " + valuesText(values));
  if (field.listKind() == kubernetes::ListKind::Map) {
    std::string keys;
    for (const auto key : field.listKeys()) keys += (keys.empty() ? "`" : ", `") + std::string(key) + "`";
    paragraph(text, "Merged by " + keys);
  }
  if (const auto kind = field.referencedKind(); !kind.empty()) paragraph(text, "Names a " + std::string(kind));
  if (field.isServerOnly()) paragraph(text, "Only the cluster writes it.");
  if (field.isImmutable()) paragraph(text, "Cannot be changed in an existing object.");
}

void describeMember(const Facts& facts, std::string& text, const types::Nominal& owner, const Member& member) {
  if (member.isDeprecated)
    paragraph(text, "**Deprecated**" + (member.deprecated == base::emptySymbol ? "" : ": " + std::string(base::text(member.deprecated))));
  paragraph(text, base::text(member.doc));
  if (member.required) paragraph(text, "*Required*");
  const bool isApi = types::isOfApi(owner.kind);
  if (isApi && member.kind == MemberKind::Field) {
    const auto& pack = facts.program->schema();
    if (pack.has(owner.definition)) describeApiField(text, pack.definition(owner.definition).fields()[member.field]);
  }
  if (member.isReadDefault && !isSensitive(facts.types(), member.type)) {
    const auto span = facts.program->module(member.declared.file).hir->exprs[base::index(member.value)].span;
    paragraph(text, "Default: `" + sourceOf(facts, member.declared.file, span) + "` (read while nothing sets it, never written)");
  }
  if (member.oneof != 0 && member.oneof <= owner.oneofs.size()) {
    std::string others;
    for (const auto other : owner.oneofs[member.oneof - 1u].members) {
      if (other != member.name) others += (others.empty() ? "`" : ", `") + std::string(base::text(other)) + "`";
    }
    if (!others.empty()) paragraph(text, "Setting it drops " + others);
  }
}

/// The inputs of a component, the required ones first.
void describeInputs(const Facts& facts, std::string& text, const types::Nominal& nominal) {
  std::string required, optional;
  for (const auto& member : nominal.members) {
    if (member.kind != MemberKind::Param && member.kind != MemberKind::Field) continue;
    auto& list = member.required ? required : optional;
    list += (list.empty() ? "`" : ", `") + std::string(base::text(member.name));
    if (member.required) list += ": " + shortType(*facts.program, member.type);
    list += "`";
  }
  if (!required.empty()) paragraph(text, "Required: " + required);
  if (!optional.empty()) paragraph(text, "Optional: " + optional);
}

void describeItem(const Facts& facts, std::string& text, const Target& target) {
  const auto& module = facts.program->module(target.file);
  const auto& item = (*module.hir)[target.item];
  if (item.isDeprecated)
    paragraph(text, "**Deprecated**" + (item.deprecated == base::emptySymbol ? "" : ": " + std::string(base::text(item.deprecated))));
  paragraph(text, base::text(item.doc));
  const auto nominal = module.nominals[base::index(target.item)];
  if (base::valid(nominal) && (item.kind == ItemKind::Component || item.kind == ItemKind::Schema))
    describeInputs(facts, text, facts.program->nominal(nominal));
  if (item.kind == ItemKind::Param && !base::valid(item.value)) {
    const auto type = module.itemTypes[base::index(target.item)];
    if (facts.types().kind(type) != TypeKind::Optional) paragraph(text, "*Required*");
  }
}

}  // namespace

bool isSensitive(const types::TypeTable& table, TypeId type) {
  const auto& node = table[type];
  switch (node.kind) {
    case TypeKind::Sensitive: return true;
    case TypeKind::Optional:
    case TypeKind::Where: return isSensitive(table, node.element);
    case TypeKind::Union: return std::any_of(node.members.begin(), node.members.end(), [&](TypeId member) { return isSensitive(table, member); });
    default: return false;
  }
}

std::string shortType(const sema::Program& program, TypeId type) { return cut(program.types().print(type), maxTypeBytes); }

std::string signatureOf(const Facts& facts, const Target& target, TypeId type) {
  switch (target.kind) {
    case TargetKind::Item: return itemSignature(facts, target, type);
    case TargetKind::Local: return localSignature(facts, target, type);
    case TargetKind::Member: {
      const auto& owner = facts.program->nominal(target.nominal);
      const auto* member = owner.find(target.name);
      if (member == nullptr) return {};
      return std::string(wordOf(member->kind)) + std::string(base::text(target.name)) + ": " + shortType(*facts.program, member->type) +
             "  // of " + std::string(base::text(owner.name));
    }
    case TargetKind::Kubernetes: {
      const auto& nominal = facts.program->nominal(target.nominal);
      const auto& pack = facts.program->schema();
      const auto version = pack.has(nominal.definition) ? pack.definition(nominal.definition).apiVersion() : std::string_view{};
      return (nominal.kind == types::NominalKind::KubernetesKind ? "kind " : "part ") + std::string(base::text(nominal.name)) + "  // " +
             std::string(version);
    }
    case TargetKind::Builtin: {
      const auto& info = types::builtinInfo(static_cast<types::Builtin>(target.builtin));
      return std::string(info.name) + std::string(info.signature);
    }
    case TargetKind::BuiltinType: return "type " + std::string(base::text(target.name));
    case TargetKind::Constant: return std::string(base::text(target.name)) + ": " + shortType(*facts.program, type);
    case TargetKind::File: return "module \"" + (*facts.files)[target.file].displayPath + "\"";
    case TargetKind::Key: return std::string(base::text(target.name)) + ": " + shortType(*facts.program, type);
    case TargetKind::None: return {};
  }
  return {};
}

std::string documentationOf(const Facts& facts, const Target& target, TypeId type) {
  std::string text;
  switch (target.kind) {
    case TargetKind::Item: describeItem(facts, text, target); break;
    case TargetKind::Member: {
      const auto& owner = facts.program->nominal(target.nominal);
      if (const auto* member = owner.find(target.name)) describeMember(facts, text, owner, *member);
      break;
    }
    case TargetKind::Kubernetes: paragraph(text, base::text(facts.program->nominal(target.nominal).doc)); break;
    case TargetKind::Builtin: paragraph(text, types::builtinInfo(static_cast<types::Builtin>(target.builtin)).doc); break;
    case TargetKind::BuiltinType: paragraph(text, builtInTypeDoc(base::text(target.name))); break;
    case TargetKind::Constant: paragraph(text, "The Kubernetes version that this build is for."); break;
    default: break;
  }
  // What the type of a field is for, where the field itself says nothing.
  if (text.empty() && (target.kind == TargetKind::Item || target.kind == TargetKind::Member)) {
    if (const auto* nominal = nominalOf(*facts.program, type)) paragraph(text, base::text(nominal->doc));
  }
  return text;
}

}  // namespace kdsl::query
