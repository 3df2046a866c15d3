// Names that may stand alone: locals, members, declarations, types, built-ins and keywords.
#include <algorithm>

#include "query/ide/completer.hpp"
#include "query/ide/snippets.hpp"
#include "query/ide/type_lookup.hpp"

namespace kdsl::query {

using hir::EntryKind;
using hir::ExprKind;
using hir::ItemKind;
using types::TypeKind;

CompletionKind Completer::kindOfItem(ItemKind kind) const {
  switch (kind) {
    case ItemKind::Module:
    case ItemKind::Import: return CompletionKind::Module;
    case ItemKind::Param: return CompletionKind::Param;
    case ItemKind::Let: return CompletionKind::Let;
    case ItemKind::Resource: return CompletionKind::Resource;
    case ItemKind::External: return CompletionKind::External;
    case ItemKind::TypeAlias: return CompletionKind::Type;
    case ItemKind::Schema: return CompletionKind::Schema;
    case ItemKind::Component: return CompletionKind::Component;
    case ItemKind::Fn: return CompletionKind::Fn;
    case ItemKind::Policy:
    case ItemKind::Test: return CompletionKind::Value;
  }
  return CompletionKind::Value;
}

void Completer::addLocals() {
  const auto offset = caret_.begin;
  const auto addLocal = [&](hir::LocalId id) {
    if (!base::valid(id) || hir_[id].name == base::emptySymbol || base::text(hir_[id].name) == "_") return;
    auto& item = add(std::string(base::text(hir_[id].name)), CompletionKind::Local, RankLocal);
    item.type = facts_.checked->localTypes[base::index(id)];
    item.detail = typeText(item.type);
  };
  const auto holds = [&](Span span) { return span.touches(offset); };

  for (const auto& body : hir_.bodies) {
    if (!holds(body.span)) continue;
    for (const auto& entry : hir_.entriesOf(body)) {
      if (entry.kind == EntryKind::Let) addLocal(entry.first);
    }
  }
  for (const auto& entry : hir_.entries) {
    if (entry.kind != EntryKind::For || !holds(entry.span)) continue;
    addLocal(entry.first);
    addLocal(entry.second);
  }
  for (const auto& element : hir_.elements) {
    if (element.kind != hir::ElementKind::For || !holds(element.span)) continue;
    addLocal(element.first);
    addLocal(element.second);
  }
  for (const auto& expr : hir_.exprs) {
    if (!holds(expr.span)) continue;
    if (expr.kind == ExprKind::Let) addLocal(hir::LocalId{expr.a});
    if (expr.kind == ExprKind::Lambda) {
      for (std::uint32_t i = 0; i < expr.b; ++i) addLocal(hir::LocalId{expr.a + i});
    }
  }
  for (const auto& item : hir_.items) {
    if (item.kind != ItemKind::Fn || !holds(item.span)) continue;
    for (std::uint32_t i = 0; i < item.paramCount; ++i) addLocal(hir::LocalId{base::index(item.firstParam) + i});
  }
}

void Completer::addScope(TypeId want) {
  auto owner = ownerAtCaret();
  // A declaration's own value has no body around it: the innermost declaration with members that holds the caret.
  for (std::uint32_t i = 0; i < hir_.items.size(); ++i) {
    const auto& item = hir_.items[i];
    const bool isScope = item.kind == ItemKind::Component || item.kind == ItemKind::Policy || item.kind == ItemKind::Test ||
                         item.kind == ItemKind::Schema || item.kind == ItemKind::Fn;
    if (isScope && item.span.touches(caret_.begin) && item.span.size() < hir_[owner].span.size()) owner = hir::ItemId{i};
  }
  const auto kind = hir_[owner].kind;
  if (kind == ItemKind::Fn || kind == ItemKind::Schema) return;
  addOwnerMembers(owner, want);
  if (kind == ItemKind::Test) addOwnerMembers(hir::moduleItem, want);
}

void Completer::addOwnerMembers(hir::ItemId owner, TypeId want) {
  const auto* nominal = nominalOf(program_, facts_.checked->itemTypes[base::index(owner)]);
  if (nominal == nullptr) return;
  const auto wanted = base::valid(want) ? program_.types().required(want) : types::errorType;
  const auto branches = wanted == types::errorType ? std::vector<TypeId>{} : branchesOf(program_, want);
  for (const auto& member : nominal->members) {
    if (member.kind == types::MemberKind::Field || isBeingDeclared(member)) continue;
    addFittingMembers(member, branches);
    const auto kind = member.kind == types::MemberKind::Param ? CompletionKind::Param
                      : member.kind == types::MemberKind::Let ? CompletionKind::Let
                                                              : CompletionKind::Resource;
    const bool fits = wanted != types::errorType && program_.types().required(member.type) == wanted;
    auto& item = add(std::string(base::text(member.name)), kind, fits ? RankMember : RankDeclared);
    item.detail = typeText(member.type);
    item.deprecated = member.isDeprecated;
    item.target = targetOfMember(member);
    item.type = member.type;
  }
}

void Completer::addFittingMembers(const types::Member& member, const std::vector<TypeId>& branches) {
  const auto* made = nominalOf(program_, member.type);
  if (made == nullptr || made->kind != types::NominalKind::Component) return;
  for (const auto& inner : made->members) {
    const auto type = program_.types().required(inner.type);
    const bool fits = program_.types().kind(type) == TypeKind::Nominal && std::ranges::find(branches, type) != branches.end();
    if (!fits || inner.isPrivate) continue;
    auto& item = add(std::string(base::text(member.name)) + "." + std::string(base::text(inner.name)), CompletionKind::Field, RankMember);
    item.detail = typeText(inner.type);
    item.deprecated = inner.isDeprecated;
    item.target = targetOfMember(inner);
    item.type = inner.type;
  }
}

bool Completer::isBeingDeclared(const types::Member& member) const {
  if (member.declared.file != facts_.file || !base::valid(member.item)) return false;
  const auto& item = hir_[member.item];
  if (!item.span.touches(caret_.begin) || item.nameSpan.end > caret_.begin) return false;
  // Within a body of its value it can be read: everything in there is worked out when it is asked for.
  const auto body = bodyAround(caret_.begin);
  return !base::valid(body) || hir_[body].span.begin <= item.span.begin;
}

bool isBaseInItsModule(const hir::Module& module, hir::ItemId component) {
  const auto name = module[component].name;
  return module[component].kind == ItemKind::Component && std::ranges::any_of(module.items, [&](const hir::Item& other) {
    return other.kind == ItemKind::Component && other.extends.count == 1 && module.nameParts[other.extends.first].name == name;
  });
}

bool Completer::isUnfit(const types::Nominal& nominal, TypeId want) const {
  if (!base::valid(want) || want == types::errorType) return false;
  const auto& table = program_.types();
  return std::ranges::none_of(branchesOf(program_, want), [&](TypeId branch) {
    const auto& node = table[table.underlying(branch)];
    switch (node.kind) {
      case TypeKind::Bool:
      case TypeKind::BoolLiteral:
      case TypeKind::Int:
      case TypeKind::IntLiteral:
      case TypeKind::Float:
      case TypeKind::FloatLiteral:
      case TypeKind::String:
      case TypeKind::StringLiteral:
      case TypeKind::Sensitive:
      case TypeKind::Quantity:
      case TypeKind::Duration:
      case TypeKind::Seconds:
      case TypeKind::Null:
      case TypeKind::Absent:
      case TypeKind::List:
      case TypeKind::Set:
      case TypeKind::Keyed: return false;
      case TypeKind::Nominal: {
        const auto& wanted = program_.nominal(node.nominal);
        if (!wanted.isKind() && wanted.kind != types::NominalKind::Component) return true;  // by its members, perhaps
        for (auto at = nominal.id; base::valid(at); at = program_.nominal(at).base) {
          if (at == wanted.id) return true;
        }
        return false;
      }
      default: return true;
    }
  });
}

void Completer::addDeclarations(bool types, bool values, bool onlyObjects, TypeId want) {
  for (auto owner = ownerAtCaret(); base::valid(owner); owner = hir_[owner].parent) {
    for (const auto id : hir_.childrenOf(hir_[owner])) {
      const auto& child = hir_[id];
      const bool isType = child.kind == ItemKind::TypeAlias || child.kind == ItemKind::Schema || child.kind == ItemKind::Component ||
                          child.kind == ItemKind::Import;
      const bool isValue = child.kind == ItemKind::Fn || child.kind == ItemKind::Import;
      if (!((types && isType) || (values && isValue))) continue;
      // `component Shop extends ▮`
      const bool isExtending = child.span.touches(caret_.begin) && child.kind != ItemKind::Fn && base::valid(child.body) && caret_.end <= hir_[child.body].span.begin;
      if (isExtending) continue;
      auto target = itemTarget(facts_.file, id);
      auto kind = kindOfItem(child.kind);
      const auto type = facts_.checked->itemTypes[base::index(id)];
      if (child.kind == ItemKind::Import && child.importedName != base::emptySymbol) {
        const auto& import = facts_.checked->imports[child.import];
        const auto other = base::valid(import.file) && !import.isData
                               ? program_.module(import.file).hir->findChild(hir::moduleItem, child.importedName)
                               : base::none<hir::ItemId>;
        if (base::valid(other)) {
          target = itemTarget(import.file, other);
          kind = kindOfItem((*program_.module(import.file).hir)[other].kind);
        } else if (import.isKubernetes) {
          kind = CompletionKind::Kind;
        }
      }
      const bool isObject = kind == CompletionKind::Component || kind == CompletionKind::Kind || kind == CompletionKind::Module || kind == CompletionKind::Fn ||
                            (kind == CompletionKind::Schema && base::valid(type) && nominalOf(program_, type) != nullptr && nominalOf(program_, type)->isKind());
      if (onlyObjects && !isObject) continue;
      const bool isMade = (values || onlyObjects) && kind == CompletionKind::Component;
      const auto* made = values && (kind == CompletionKind::Component || kind == CompletionKind::Schema || kind == CompletionKind::Kind) ? nominalOf(program_, type) : nullptr;
      const bool isBase = isMade && isBaseInItsModule(*program_.module(target.file).hir, target.item);
      auto& item = add(std::string(base::text(child.name)), kind, made != nullptr && isUnfit(*made, want) ? RankUnfit : isBase ? RankDeclaredBase : RankDeclared);
      item.target = target;
      item.type = type;
      item.deprecated = child.isDeprecated;
      if (!values || !options_.snippets) continue;
      if (kind == CompletionKind::Component || kind == CompletionKind::Schema) {
        const auto nominal = program_.module(target.file).nominals[base::index(target.item)];
        if (!base::valid(nominal)) continue;
        item.insertText += requiredSnippet(program_.nominal(nominal));
        item.isSnippet = true;
      } else if (kind == CompletionKind::Fn) {
        item.insertText += "($1)";
        item.isSnippet = true;
      }
    }
  }
}

void Completer::addExports(FileId file, bool onlyTypes) {
  const auto& module = program_.module(file);
  for (const auto id : module.hir->childrenOf((*module.hir)[hir::moduleItem])) {
    const auto& child = (*module.hir)[id];
    if (child.isPrivate || child.kind == ItemKind::Import || child.kind == ItemKind::Test || child.name == base::emptySymbol) continue;
    const bool isType = child.kind == ItemKind::TypeAlias || child.kind == ItemKind::Schema || child.kind == ItemKind::Component;
    if (onlyTypes && !isType) continue;
    auto& item =
        add(std::string(base::text(child.name)), kindOfItem(child.kind), isType || child.kind == ItemKind::Fn ? RankMember : RankOther);
    item.target = itemTarget(file, id);
    item.type = module.itemTypes[base::index(id)];
    item.deprecated = child.isDeprecated;
  }
}

void Completer::addBuiltinFunctions() {
  for (const auto& info : types::builtins()) {
    if (info.receiver != types::Receiver::Function) continue;
    auto& item = add(std::string(info.name), CompletionKind::Fn, RankBuiltin);
    item.detail = info.signature;
    item.target.kind = TargetKind::Builtin;
    item.target.builtin = static_cast<std::uint32_t>(info.id);
    item.insertText += options_.snippets ? "($1)" : "";
    item.isSnippet = options_.snippets;
  }
  auto& version = add("kubernetes", CompletionKind::Constant, RankBuiltin);
  version.target.kind = TargetKind::Constant;
  version.target.name = base::intern("kubernetes");
}

void Completer::addValueKeywords() {
  for (const auto* word : {"self", "super", "absent", "true", "false", "null"}) addWord(word);
  addSnippet("if", "if ($1) $2 else $0");
  addSnippet("match", "match ($1) {\n\t$2 => $3\n\t_ => $0\n}");
  addSnippet("let", "let ($1 = $2) $0");
}

void Completer::addEntryKeywords(bool isDeclaring, bool isTest) {
  addSnippet("each", "each ${1:Deployment} { $0 }");
  addSnippet("check", "check ${1:name}: $2 else \"$0\"");
  addSnippet("warn", "warn ${1:name}: $2 else \"$0\"");
  addSnippet("waive", "waive ${1:name} because \"$0\"");
  addSnippet("let", "let ${1:name} = $0");
  addSnippet("if", "if ($1) { $0 }");
  addSnippet("for", "for (${1:item} in $2) { $0 }");
  addWord("final");
  if (!isDeclaring) return;
  // What a file or component is made of comes before what is said of it.
  addSnippet("resource", "resource ${1:name} = $0", RankOther);
  addSnippet("external", "external ${1:name} = $0");
  if (isTest) return addSnippet("golden", "golden \"${1:output.yaml}\": $0");
  addSnippet("param", "param ${1:name}: ${2:string}$0", RankOther);
  addSnippet("type", "type ${1:Name} = $0");
  addSnippet("schema", "schema ${1:Name} {\n\t$0\n}");
  addSnippet("component", "component ${1:Name} {\n\tparam name: string\n\t$0\n}", RankOther);
  addSnippet("fn", "fn ${1:name}(${2:value}: ${3:string}): ${4:string} = $0");
  addWord("private");
  if (ownerAtCaret() != hir::moduleItem) return;
  addSnippet("import", "import { $2 } from \"${1:std/app}\"$0", RankOther);
  addSnippet("policy", "policy ${1:Name} {\n\teach ${2:Container} { check ${3:name}: $4 else \"$0\" }\n}");
  addSnippet("test", "test \"${1:title}\" {\n\t$0\n}");
  if (hir_.extends == 0) addSnippet("extends", "extends \"./$1\"");
}

void Completer::addTypes(bool withParts) {
  for (const auto* word :
       {"bool", "int", "float", "string", "Quantity", "Duration", "Seconds", "any", "Sensitive", "Resource", "Namespaced"}) {
    auto& item = add(word, CompletionKind::Type, RankMember);
    item.target.kind = TargetKind::BuiltinType;
    item.target.name = base::intern(word);
  }
  addDeclarations(/*types=*/true, /*values=*/false);
  addKinds(/*asValue=*/false, withParts);
  addImportable(Importable::Types, /*asValue=*/false);
}

void Completer::addTypesOfResources() {
  addDeclarations(/*types=*/true, /*values=*/false, /*onlyObjects=*/true);
  addKinds(/*asValue=*/false, /*withParts=*/false);
  addImportable(Importable::Objects, /*asValue=*/false);
}

namespace {

/// What most files make, in no order.
constexpr std::string_view usualKinds[] = {"ClusterRole", "ClusterRoleBinding", "ConfigMap", "CronJob", "DaemonSet", "Deployment", "HorizontalPodAutoscaler", "Ingress", "Job", "Namespace",
                                           "NetworkPolicy", "PersistentVolumeClaim", "PodDisruptionBudget", "Role", "RoleBinding", "Secret", "Service", "ServiceAccount", "StatefulSet"};

Rank rankOf(const kubernetes::Definition& kind) {
  if (std::ranges::find(usualKinds, kind.shortName()) != std::end(usualKinds)) return RankUsual;
  // `v1` and `v2` are there to stay; `v1alpha1` and `v1beta1` few clusters have.
  const bool isStable = kind.version().find("alpha") == std::string_view::npos && kind.version().find("beta") == std::string_view::npos;
  return kind.isCreatable() && isStable ? RankOther : RankRemote;
}

}  // namespace

void Completer::addKinds(bool asValue, bool withParts, TypeId want) {
  const auto& pack = program_.schema();
  const auto definitions = withParts ? pack.preludeDefinitions() : pack.preferredKinds();
  for (const auto id : definitions) {
    const auto definition = pack.definition(id);
    auto& item = add(std::string(definition.shortName()), CompletionKind::Kind, rankOf(definition));
    item.detail = definition.apiVersion();
    if (!asValue || !options_.snippets) continue;
    const auto nominal = program_.kubernetesNominal(definition.shortName());
    if (!base::valid(nominal)) continue;
    if (isUnfit(program_.nominal(nominal), want)) item.rank = RankUnfit;
    item.insertText += requiredSnippet(program_.nominal(nominal));
    item.isSnippet = true;
  }
}

void Completer::addExpectedValues(TypeId want) {
  if (!base::valid(want) || want == types::errorType) return;
  const auto& table = program_.types();
  for (const auto branch : branchesOf(program_, want)) {
    const auto& node = table[table.underlying(branch)];
    switch (node.kind) {
      case TypeKind::StringLiteral: add("\"" + std::string(base::text(node.symbol)) + "\"", CompletionKind::EnumValue, RankExpected); break;
      case TypeKind::IntLiteral: add(std::to_string(node.integer), CompletionKind::EnumValue, RankExpected); break;
      case TypeKind::BoolLiteral: add(node.integer != 0 ? "true" : "false", CompletionKind::EnumValue, RankExpected); break;
      case TypeKind::Bool:
        add("true", CompletionKind::Keyword, RankExpected);
        add("false", CompletionKind::Keyword, RankExpected);
        break;
      case TypeKind::Null: add("null", CompletionKind::Keyword, RankExpected); break;
      case TypeKind::Quantity: addQuantities(); break;
      case TypeKind::Duration:
      case TypeKind::Seconds:
        for (const auto* word : {"10s", "30s", "5m", "1h"}) addWord(word, CompletionKind::Value, RankMember);
        break;
      case TypeKind::Nominal:
      case TypeKind::Record:
      case TypeKind::Map:
      case TypeKind::Keyed: {
        const auto text = SnippetWriter(program_, objectName()).value(branch, /*isOpen=*/true);
        if (text.starts_with('{')) addSnippet("{ … }", text, RankExpected);
        if (text.starts_with('[')) addSnippet("[ … ]", text, RankExpected);
        break;
      }
      case TypeKind::List:
      case TypeKind::Set: addSnippet("[ ]", "[$0]", RankExpected); break;
      default: break;
    }
  }
  if (table.kind(want) == TypeKind::Optional) add("absent", CompletionKind::Keyword, RankOther);
}

/// Usual amounts, of cores or of bytes as the key says.
void Completer::addQuantities() {
  const auto caret = exprAtCaret();
  std::string_view key;
  for (const auto& entry : hir_.entries) {
    if (base::valid(caret) && entry.kind == EntryKind::Set && entry.value == caret && entry.segmentCount != 0) {
      key = base::text(hir_.segments[entry.firstSegment + entry.segmentCount - 1].name);
    }
  }
  // `memoryLimit`, `limits.memory`, `ephemeral-storage`.
  const auto has = [&](std::string_view part) { return key.find(part) != std::string_view::npos; };
  if (!has("memory") && !has("Memory") && !has("storage") && !has("Storage")) {
    for (const auto* word : {"100m", "250m", "500m", "1"}) addWord(word, CompletionKind::Value, RankMember);
  }
  if (!has("cpu") && !has("Cpu")) {
    for (const auto* word : {"64Mi", "128Mi", "256Mi", "512Mi", "1Gi"}) addWord(word, CompletionKind::Value, RankMember);
  }
}

void Completer::addNamedArguments() {
  for (std::uint32_t i = 0; i < hir_.exprs.size(); ++i) {
    const auto& call = hir_.exprs[i];
    if (call.kind != ExprKind::Call) continue;
    bool isHere = false;
    for (std::uint32_t a = 0; a < call.c; ++a) {
      const auto& argument = hir_.arguments[call.b + a];
      isHere = isHere || argument.nameSpan == caret_ || hir_[argument.value].span == caret_;
    }
    if (!isHere) continue;
    auto resolution = facts_.checked->resolutions[i];
    if (resolution.kind == sema::ResolutionKind::None) resolution = facts_.checked->resolutions[call.a];
    if (resolution.kind != sema::ResolutionKind::Fn || !base::valid(resolution.file)) return;
    const auto& module = program_.module(resolution.file);
    const auto& fn = (*module.hir)[resolution.item];
    for (std::uint32_t p = 0; p < fn.paramCount; ++p) {
      const auto local = base::index(fn.firstParam) + p;
      add(std::string(base::text(module.hir->locals[local].name)) + ":", CompletionKind::Param, RankMember).detail =
          typeText(module.localTypes[local]);
    }
    return;
  }
}

}  // namespace kdsl::query
