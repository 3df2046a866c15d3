// Declarations: what is checked of each, used or not.
#include <fmt/format.h>

#include <algorithm>

#include "base/hash.hpp"
#include "base/near_name.hpp"
#include "diag/codes/kubernetes.hpp"
#include "kubernetes/lifecycle.hpp"
#include "sema/checker.hpp"
#include "types/range.hpp"

namespace kdsl::sema {

using hir::ItemKind;
using types::NominalKind;

Scope Checker::scopeOf(ItemId id) {
  const auto& item = m_[id];
  Scope scope;
  scope.item = id;
  scope.owner = id;
  switch (item.kind) {
    case ItemKind::Module:
    case ItemKind::Component:
    case ItemKind::Test:
    case ItemKind::Schema: scope.self = core_.types.nominal(nominalOf(id)); break;
    case ItemKind::Policy: scope.self = types::resourceType; break;
    case ItemKind::TypeAlias: scope.self = resolveType(item.type, id); break;
    case ItemKind::Fn: break;
    default:
      scope = scopeOf(item.parent);
      scope.item = id;
      return scope;
  }
  scope.selfId = nextSelfId_++;
  return scope;
}

const CheckedModulePtr& Checker::check() {
  if (checked_ || checking_) return product_;
  checking_ = true;
  ++core_.counters.filesChecked;
  ++core_.checks[file_];
  checkImports();
  for (std::uint32_t i = 0; i < m_.items.size(); ++i) checkItem(ItemId{i});
  drainDeferred();
  checkTypeExprs();
  findRecursion();
  for (const auto child : m_.childrenOf(m_[hir::moduleItem])) {
    const auto& item = m_[child];
    if (item.kind != ItemKind::Import || importUsed_[base::index(child)] || item.name == base::emptySymbol) continue;
    const auto& target = out_->imports[item.import];
    if (!base::valid(target.file) && !target.isKubernetes) continue;  // reported
    report(code::unused_import, item.nameSpan, {std::string(base::text(item.name))});
  }
  auto diagnostics = sink_.take();
  std::stable_sort(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& a, const Diagnostic& b) { return a.primary.at.span.begin < b.primary.at.span.begin; });
  takeExpectedFailures(diagnostics);
  out_->diagnostics = std::move(diagnostics);
  checked_ = true;
  return product_;
}

/// `fails(e, "KD4107")`: an error that `e` is expected to have is no error of this file.
void Checker::takeExpectedFailures(std::vector<Diagnostic>& diagnostics) {
  for (const auto call : failCalls_) {
    const auto arguments = argumentsOf(m_[call]);
    if (arguments.size() != 2 || m_[arguments[1].value].kind != hir::ExprKind::String) continue;
    const auto span = m_[arguments[0].value].span;
    const auto inside = [&](const Diagnostic& diagnostic) {
      return diagnostic.severity == diag::Severity::Error && diagnostic.primary.at.span.begin >= span.begin && diagnostic.primary.at.span.end <= span.end;
    };
    const auto found = std::find_if(diagnostics.begin(), diagnostics.end(), inside);
    if (found == diagnostics.end() || std::count_if(found, diagnostics.end(), inside) != 1) continue;
    if (diag::codeText(*found) != base::text(Symbol{m_[arguments[1].value].a})) continue;
    out_->expectedFailures.emplace(base::index(call), std::move(*found));
    diagnostics.erase(found);
  }
}

void Checker::drainDeferred() {
  while (!deferred_.empty()) {
    const auto next = deferred_.front();
    deferred_.pop_front();
    checkBody(next.body, next.target, next.scope);
  }
}

void Checker::checkImports() {
  for (const auto child : m_.childrenOf(m_[hir::moduleItem])) {
    const auto& item = m_[child];
    if (item.kind != ItemKind::Import) continue;
    const auto& target = out_->imports[item.import];
    if (target.isKubernetes) {
      const auto group = core_.pack.groupVersion(target.group.empty() ? "core/" + target.version : target.group + "/" + target.version);
      const auto& path = m_.imports[item.import];
      if (!group) {
        importUsed_[base::index(child)] = true;  // nothing can be said of its use
        const auto name = kubernetes::groupOfPackage(core_.pack, target.group);
        auto life = kubernetes::lifecycle(name, target.version, base::text(item.importedName));
        if (!life) life = kubernetes::versionLifecycle(name, target.version);
        if (!life || life->removedIn == 0 || life->removedIn > core_.pack.minor()) {
          auto& unknown = report(code::unknown_api_group, path.span, {std::to_string(core_.pack.minor()), std::string(base::text(path.path))});
          std::vector<std::string> texts;
          for (const auto& known : core_.pack.groupVersions()) texts.push_back(fmt::format("k8s/{}/{}", known.package(), known.version()));
          const std::vector<std::string_view> paths(texts.begin(), texts.end());
          if (const auto near = base::nearest(base::text(path.path), paths); !near.empty()) {
            const auto written = fmt::format("\"{}\"", near);
            unknown.label(fmt::format("did you mean `{}`?", near)).fixReplace("write " + written, at(path.span), written);
          }
          continue;
        }
        auto& removed = report(code::removed_api, path.span, {std::to_string(core_.pack.minor()), fmt::format("`{}/{}`", name, target.version), std::to_string(life->removedIn)});
        if (life->replacement.empty()) continue;
        const auto replacement = fmt::format("\"{}\"", kubernetes::importPathOf(core_.pack, life->replacement));
        removed.label("write " + replacement).fixReplace("write " + replacement, at(path.span), replacement);
      } else if (item.importedName != base::emptySymbol && groupMember(item.import, item.importedName).kind == NameKind::None) {
        importUsed_[base::index(child)] = true;
        reportNotInGroup(item.import, item.importedName, item.importedNameSpan);
      }
      continue;
    }
    if (target.isData || !base::valid(target.file) || item.importedName == base::emptySymbol) continue;
    const auto found = exported(target.file, item.importedName);
    if (found.kind == NameKind::None || found.kind == NameKind::Hidden) importUsed_[base::index(child)] = true;  // it is wrong already
    if (found.kind == NameKind::None) {
      reportNotExported(target.file, item.importedName, item.importedNameSpan);
    } else if (found.kind == NameKind::Hidden) {
      reportNeedsInstance(found, base::intern(core_.types.print(core_.types.nominal(core_.checker(target.file).nominalOf(hir::moduleItem)))), item.importedName, item.importedNameSpan);
    }
  }
}

void Checker::checkItem(ItemId id) {
  if (itemChecked_[base::index(id)]) return;
  itemChecked_[base::index(id)] = true;
  const auto& item = m_[id];
  const auto type = itemType(id);
  if (base::valid(nominalOf(id))) core_.declared(nominalOf(id));
  switch (item.kind) {
    case ItemKind::Param:
    case ItemKind::Let:
    case ItemKind::Resource:
    case ItemKind::External: checkMember(id); break;
    case ItemKind::Fn: checkFn(id); break;
    case ItemKind::Schema: checkSchema(id); break;
    case ItemKind::TypeAlias: checkAlias(id); break;
    case ItemKind::Module:
    case ItemKind::Component:
    case ItemKind::Test: checkBody(item.body, type, scopeOf(id)); break;
    case ItemKind::Policy: checkBody(item.body, types::resourceType, scopeOf(id)); break;
    case ItemKind::Import: break;
  }
}

void Checker::checkMember(ItemId id) {
  const auto& item = m_[id];
  const auto type = itemType(id);
  checkRedeclared(id);
  if (item.kind == ItemKind::Param) checkParamType(id, type);
  if (base::valid(item.value) && !valueChecked_[base::index(id)]) {
    valueChecked_[base::index(id)] = true;
    const auto& nominal = core_.declared(nominalOf(item.parent));
    Want want{type, item.name, nominal.find(item.name)};
    auto scope = scopeOf(id);
    check(item.value, want, scope);
  }
  if (item.kind == ItemKind::Resource || item.kind == ItemKind::External) checkResourceType(id, type, base::valid(item.value) ? m_[item.value].span : item.nameSpan);
}

void Checker::checkRedeclared(ItemId id) {
  const auto& item = m_[id];
  const auto& owner = core_.declared(nominalOf(item.parent));
  if (!base::valid(owner.base)) return;
  const auto& ancestor = core_.declared(owner.base);
  const auto* inherited = ancestor.find(item.name);
  if (inherited == nullptr) return;
  auto& diagnostic = report(code::redeclared_member, item.nameSpan, {std::string(base::text(item.name)), std::string(base::text(ancestor.name))});
  diagnostic.label(fmt::format("to refine it write `{}: …`", base::text(item.name))).also(inherited->declared, "declared here");
}

/// Whether some type inside of `type`, through `?`, lists and maps, is a nominal one that `accept` takes.
bool Checker::mayHold(TypeId type, bool (*accept)(const Nominal&), int depth) {
  constexpr int limit = 32;
  if (depth > limit) return false;
  const auto& found = node(core_.types.underlying(type));
  switch (found.kind) {
    case TypeKind::Nominal: return accept(core_.declared(found.nominal));
    case TypeKind::List:
    case TypeKind::Set:
    case TypeKind::Keyed:
    case TypeKind::Map: return mayHold(found.element, accept, depth + 1);
    case TypeKind::Union: return std::any_of(found.members.begin(), found.members.end(), [&](TypeId member) { return mayHold(member, accept, depth + 1); });
    default: return false;
  }
}

void Checker::checkParamType(ItemId id, TypeId type) {
  const auto isObject = [](const Nominal& nominal) {
    return nominal.isKind() || nominal.kind == NominalKind::Component || nominal.kind == NominalKind::Module;
  };
  if (!mayHold(type, isObject)) return;
  const auto& item = m_[id];
  const auto& written = m_[item.type];
  auto& diagnostic = report(code::param_not_ref, written.span, {std::string(base::text(item.name)), print(core_.types.required(type))});
  diagnostic.note("what is made here is a resource; an instance that is made elsewhere is pointed at by a `ref`");
  if (written.kind == hir::TypeExprKind::Name) diagnostic.label("write `ref` before it").fix("write `ref` before it", {{at({written.span.begin, written.span.begin}), "ref "}});
}

void Checker::checkResourceType(ItemId id, TypeId type, Span span) {
  const auto& item = m_[id];
  const bool external = item.kind == ItemKind::External;
  const auto objects = [&](auto&& self, TypeId at, int depth) -> bool {
    constexpr int limit = 32;
    const auto& found = node(core_.types.underlying(at));
    if (depth > limit) return true;
    switch (found.kind) {
      case TypeKind::Error:
      case TypeKind::Any:
      case TypeKind::Never:
      case TypeKind::Absent:
      case TypeKind::AnyResource:
      case TypeKind::AnyNamespaced: return true;
      case TypeKind::Nominal: {
        const auto& nominal = core_.declared(found.nominal);
        return nominal.isKind() || (!external && (nominal.kind == NominalKind::Component || nominal.kind == NominalKind::Module));
      }
      case TypeKind::Map: return self(self, found.element, depth + 1);
      case TypeKind::Record: return std::all_of(found.fields.begin(), found.fields.end(), [&](const types::RecordField& field) { return self(self, field.type, depth + 1); });
      case TypeKind::Union: return std::all_of(found.members.begin(), found.members.end(), [&](TypeId member) { return self(self, member, depth + 1); });
      default: return false;
    }
  };
  if (objects(objects, type, 0)) return;
  auto& diagnostic = report(code::not_a_resource, span, {std::string(base::text(item.name)), describeType(type)});
  if (const auto& found = node(core_.types.underlying(type)); found.kind == TypeKind::Nominal) {
    const auto& nominal = core_.declared(found.nominal);
    const auto* version = nominal.kind == NominalKind::Schema ? nominal.find(base::intern("apiVersion")) : nullptr;
    if (version != nullptr) diagnostic.note(fmt::format("a schema is a kind if it extends `Namespaced` or `Resource`, and `{}` does not", base::text(nominal.name))).also(version->declared, "this looks like one");
  }
  diagnostic.note(external ? "an external is an object of a Kubernetes kind" : "a resource is an object of a Kubernetes kind, an instance of a component or module, or a map of these");
  if (!external) diagnostic.note("a value that is not built is a `let`");
}

void Checker::checkFn(ItemId id) {
  const auto& item = m_[id];
  auto scope = scopeOf(id);
  for (std::uint32_t i = 0; i < item.paramCount; ++i) {
    const auto type = fnParameterType(id, i);
    const auto& local = m_[LocalId{base::index(item.firstParam) + i}];
    if (base::valid(local.value)) check(local.value, {type, local.name, nullptr}, scope);
  }
  if (!base::valid(item.value) || valueChecked_[base::index(id)]) return;
  valueChecked_[base::index(id)] = true;
  check(item.value, {itemType(id), item.name, nullptr}, scope);
}

void Checker::checkSchema(ItemId id) {
  const auto& item = m_[id];
  if (!base::valid(item.shape)) return;
  const auto& nominal = core_.declared(nominalOf(id));
  const auto& shape = m_[item.shape];
  const auto scope = scopeOf(id);
  if (base::valid(shape.body)) checkBody(shape.body, types::errorType, scope);
  if (nominal.isKind() && !base::valid(nominal.base)) checkKind(item, nominal);
  for (std::uint32_t i = 0; i < shape.fieldCount; ++i) {
    const auto& field = m_.fields[shape.firstField + i];
    const auto* member = nominal.find(field.name);
    if (base::valid(nominal.base)) {
      const auto& ancestor = core_.declared(nominal.base);
      if (const auto* inherited = ancestor.find(field.name)) {
        report(code::redeclared_member, field.nameSpan, {std::string(base::text(field.name)), std::string(base::text(ancestor.name))}).also(inherited->declared, "declared here");
      }
    }
    if (base::valid(field.value)) check(field.value, {out_->typeExprs[base::index(field.type)], field.name, member}, scope);
  }
}

/// A kind that a file declares: its identity is written as literal types, and what every kind has is not declared again.
void Checker::checkKind(const hir::Item& item, const Nominal& nominal) {
  const auto wrong = [&](Span span, std::string what) -> Diagnostic& { return report(code::bad_kind, span, {std::string(base::text(nominal.name)), std::move(what)}); };
  const auto writtenSpan = [&](const Member& member) { return m_[m_.fields[member.field].type].span; };
  for (const auto& member : nominal.members) {
    const auto name = base::text(member.name);
    const bool isIdentity = name == "apiVersion" || name == "kind";
    if (member.owner != nominal.id) {
      if (name == "apiVersion") wrong(item.nameSpan, "has no `apiVersion`").note("write it as a field whose type is its text: `apiVersion: \"acme.io/v1\"`");
    } else if (name == "metadata") {
      wrong(member.declared.span, "declares `metadata`").label("every kind has it");
    } else if (isIdentity && kindOf(core_.types.required(member.type)) != TypeKind::StringLiteral && member.type != types::errorType) {
      wrong(writtenSpan(member), fmt::format("has several values of `{}`", name)).label(fmt::format("a text, such as {}", name == "kind" ? "\"Certificate\"" : "\"acme.io/v1\""));
    }
  }
}

void Checker::checkAlias(ItemId id) {
  const auto& item = m_[id];
  if (base::valid(item.value)) checkCondition(item.value, scopeOf(id));
}

void Checker::want(ItemId item) {
  if (isOnDemand_ && !itemChecked_[base::index(item)]) wanted_.push_back(item);
}

void Checker::wantInstance(ItemId id) {
  want(id);
  for (const auto child : m_.childrenOf(m_[id])) {
    if (hir::isMember(m_[child].kind)) want(child);
    if (m_[child].kind == ItemKind::Policy) wantInstance(child);  // it is run with its file
  }
}

bool Checker::checkWanted() {
  if (wanted_.empty() && deferred_.empty() && !hasNewShapes_) return false;
  while (!wanted_.empty()) {
    const auto item = wanted_.back();
    wanted_.pop_back();
    checkItem(item);
  }
  drainDeferred();
  checkShapeDefaults();
  return true;
}

/// Defaults of record types have no place of their own to be checked at.
void Checker::checkShapeDefaults() {
  hasNewShapes_ = false;
  for (std::uint32_t i = 0; i < m_.shapes.size(); ++i) {
    if (shapeChecked_[i]) continue;
    const auto& shape = m_.shapes[i];
    for (std::uint32_t f = 0; f < shape.fieldCount; ++f) {
      const auto& field = m_.fields[shape.firstField + f];
      if (base::valid(field.value) && typeStates_[base::index(field.type)] == State::Done) {
        shapeChecked_[i] = true;
        check(field.value, {out_->typeExprs[base::index(field.type)], field.name, nullptr}, scopeOf(hir::moduleItem));
      }
    }
  }
}

/// Types that nothing asked for, and what can only be said of a type when all are known.
void Checker::checkTypeExprs() {
  checkShapeDefaults();
  for (const auto& bound : m_.bounds) {
    if (!bound.isPattern) continue;
    if (const auto error = types::patternError(bound.pattern)) report(code::bad_pattern, bound.span, {*error});
  }
  for (std::uint32_t i = 0; i < m_.typeExprs.size(); ++i) {
    const auto& expr = m_.typeExprs[i];
    if (expr.kind != hir::TypeExprKind::Keyed || typeStates_[i] != State::Done) continue;
    const auto element = out_->typeExprs[expr.a];
    if (element == types::errorType || look(element) == TypeKind::Any) continue;
    for (std::uint32_t key = 0; key < expr.c; ++key) {
      const auto& part = m_.nameParts[expr.b + key];
      if (hasField(element, part.name) && look(element) != TypeKind::Map) continue;
      report(code::bad_key_field, part.span, {print(element), std::string(base::text(part.name))});
    }
  }
}

/// Functions and components that need themselves, directly or round about.
void Checker::findRecursion() {
  if (uses_.empty()) return;
  std::vector<std::vector<std::uint32_t>> graph(m_.items.size());
  for (std::uint32_t i = 0; i < uses_.size(); ++i) graph[base::index(uses_[i].from)].push_back(i);
  std::vector<std::uint8_t> color(m_.items.size());  // 1: on the path, 2: done
  struct Frame {
    std::uint32_t item;
    std::size_t next;
  };
  for (std::uint32_t start = 0; start < m_.items.size(); ++start) {
    if (color[start] != 0 || graph[start].empty()) continue;
    std::vector<Frame> path{{start, 0}};
    color[start] = 1;
    while (!path.empty()) {
      auto& frame = path.back();
      if (frame.next == graph[frame.item].size()) {
        color[frame.item] = 2;
        path.pop_back();
        continue;
      }
      const auto& use = uses_[graph[frame.item][frame.next++]];
      const auto to = base::index(use.to);
      if (color[to] == 1) {
        std::string chain;
        bool inside = false;
        for (const auto& step : path) {
          inside = inside || step.item == to;
          if (inside) chain += fmt::format("`{}` → ", base::text(m_.items[step.item].name));
        }
        chain += fmt::format("`{}`", base::text(m_.items[to].name));
        report(code::recursion, use.at, {std::string(base::text(m_.items[to].name)), chain}).note("every program ends: loops go over lists and maps");
        color[to] = 2;  // one message a cycle
      } else if (color[to] == 0) {
        color[to] = 1;
        path.push_back({to, 0});
      }
    }
  }
}

std::uint64_t Checker::signatureHash() {
  std::uint64_t hash = base::mix(m_.items.size());
  const auto add = [&](std::uint64_t value) { hash = base::combine(hash, value); };
  for (std::uint32_t i = 0; i < m_.items.size(); ++i) {
    const auto& item = m_.items[i];
    add(static_cast<std::uint64_t>(item.kind) << 32 | base::index(item.name));
    add((item.isPrivate ? 1u : 0u) | (item.isDeprecated ? 2u : 0u) | (base::valid(item.value) ? 4u : 0u));
    add(base::index(item.deprecated));
    add(base::index(item.parent));
    add(base::index(itemType(ItemId{i})));
    if (item.kind == ItemKind::Let && item.parent == hir::moduleItem) add(isStatic(ItemId{i}) ? 1 : 0);
    for (std::uint32_t p = 0; p < item.paramCount; ++p) {
      const auto& local = m_[LocalId{base::index(item.firstParam) + p}];
      add(static_cast<std::uint64_t>(base::index(local.name)) << 1 | (base::valid(local.value) ? 1u : 0u));
      add(base::index(fnParameterType(ItemId{i}, p)));
    }
    if (!base::valid(nominalOf(ItemId{i}))) continue;
    const auto& nominal = core_.declared(nominalOf(ItemId{i}));
    add(base::index(nominal.base));
    add(static_cast<std::uint64_t>(base::index(nominal.apiVersion)) << 32 | base::index(nominal.kindName));
    add(nominal.isNamespaced ? 1 : 0);
    for (const auto& member : nominal.members) {
      add(static_cast<std::uint64_t>(base::index(member.name)) << 32 | base::index(core_.memberType(nominal, member)));
      add(static_cast<std::uint64_t>(member.oneof) << 8 | (member.required ? 1u : 0u) | (member.isPrivate ? 2u : 0u) | (member.isDeprecated ? 4u : 0u) | (member.isReadDefault ? 8u : 0u));
    }
    for (const auto& group : nominal.oneofs) add(group.required ? 1 : 0);
    if (nominal.isOpen) add(static_cast<std::uint64_t>(base::index(nominal.openKey)) << 32 | base::index(nominal.openValue));
  }
  return hash;
}

}  // namespace kdsl::sema
