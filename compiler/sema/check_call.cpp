// Calls of functions, methods and built-ins.
#include <fmt/format.h>

#include <algorithm>

#include "sema/checker.hpp"
#include "sema/foreign_words.hpp"
#include "diag/codes/files.hpp"

namespace kdsl::sema {

using hir::ExprKind;
using types::Builtin;
using types::Receiver;

namespace {

constexpr int maxDepth = 40;

bool isNumberKind(TypeKind kind) {
  switch (kind) {
    case TypeKind::Int:
    case TypeKind::IntLiteral:
    case TypeKind::Seconds:
    case TypeKind::Float:
    case TypeKind::FloatLiteral:
    case TypeKind::Quantity:
    case TypeKind::Duration: return true;
    default: return false;
  }
}

bool isTextKind(TypeKind kind) { return kind == TypeKind::String || kind == TypeKind::StringLiteral; }

bool isDynamic(TypeKind kind) { return kind == TypeKind::Error || kind == TypeKind::Any || kind == TypeKind::Never; }

}  // namespace

/// N stands for a number, O for what has an order: numbers or texts. Of a union all members are one or the other.
bool Checker::isBounded(std::string_view variable, TypeId type) {
  if (core_.types.isOptional(type)) return false;
  const auto& found = node(core_.types.underlying(type));
  const auto all = [&](bool (*has)(TypeKind)) {
    if (found.kind != TypeKind::Union) return has(found.kind);
    return std::all_of(found.members.begin(), found.members.end(), [&](TypeId member) { return has(look(member)); });
  };
  return isDynamic(found.kind) || all(isNumberKind) || (variable == "O" && all(isTextKind));
}

Receiver Checker::receiverOf(TypeId type) {
  const auto& found = node(core_.types.underlying(type));
  switch (found.kind) {
    case TypeKind::Bool:
    case TypeKind::BoolLiteral: return Receiver::Bool;
    case TypeKind::String:
    case TypeKind::StringLiteral: return Receiver::String;
    case TypeKind::Int:
    case TypeKind::IntLiteral:
    case TypeKind::Seconds: return Receiver::Int;
    case TypeKind::Float:
    case TypeKind::FloatLiteral: return Receiver::Float;
    case TypeKind::Quantity: return Receiver::Quantity;
    case TypeKind::Duration: return Receiver::Duration;
    case TypeKind::List:
    case TypeKind::Keyed: return Receiver::List;
    case TypeKind::Set: return Receiver::Set;
    case TypeKind::Map:
    case TypeKind::Record: return Receiver::Map;
    case TypeKind::Union: {
      const auto first = receiverOf(found.members[0]);
      const bool same = std::all_of(found.members.begin(), found.members.end(), [&](TypeId member) { return receiverOf(member) == first; });
      return same ? first : Receiver::Any;
    }
    default: return Receiver::Any;
  }
}

void Checker::checkArgumentsOnly(const hir::Expr& call, const Scope& scope) {
  for (const auto& argument : argumentsOf(call)) {
    if (m_[argument.value].kind != ExprKind::Lambda) {
      infer(argument.value, scope);
      continue;
    }
    const auto& lambda = m_[argument.value];
    for (std::uint32_t i = 0; i < lambda.b; ++i) {
      out_->localTypes[lambda.a + i] = types::errorType;
      localStates_[lambda.a + i] = State::Done;
    }
    infer(ExprId{lambda.c}, scope);
  }
}

TypeId Checker::callName(ExprId id, const Scope& scope) {
  const auto& callee = m_[ExprId{m_[id].a}];
  const Symbol name{callee.a};
  return callTarget(id, lookUp(name, scope.owner), name, callee.span, scope);
}

TypeId Checker::callTarget(ExprId id, const NameTarget& target, Symbol name, Span nameSpan, const Scope& scope) {
  const auto text = std::string(base::text(name));
  switch (target.kind) {
    case NameKind::Fn:
      resolution(id) = {ResolutionKind::Fn, target.file, target.item, {}, 0};
      noteUse(scope, target, nameSpan);
      return callFn(id, target.file, target.item, scope);
    case NameKind::Builtin: return callBuiltin(id, types::findBuiltin(Receiver::Function, text), types::errorType, scope);
    case NameKind::None: reportUnknownName(name, nameSpan, scope); break;
    case NameKind::Type:
    case NameKind::Module:
      if (target.type != types::errorType) report(code::not_callable, nameSpan, {fmt::format("`{}`", text)}, &scope).label(fmt::format("a type takes a body: `{} {{ … }}`", text));
      break;
    default: report(code::not_callable, nameSpan, {fmt::format("`{}`", text)}, &scope).label("a value, not a function"); break;
  }
  checkArgumentsOnly(m_[id], scope);
  return types::errorType;
}

std::vector<std::vector<ExprId>> Checker::matchArguments(const hir::Expr& call, std::string_view callee, std::span<const Parameter> parameters, const Scope& scope) {
  std::vector<std::vector<ExprId>> matched(parameters.size());
  std::size_t next = 0;
  bool extra = false;
  bool misnamed = false;  // probably one that is missed
  for (const auto& argument : argumentsOf(call)) {
    if (argument.name != base::emptySymbol) {
      const auto found = std::find_if(parameters.begin(), parameters.end(), [&](const Parameter& parameter) { return parameter.name == argument.name; });
      if (found == parameters.end()) {
        misnamed = true;
        auto& diagnostic = report(code::unknown_argument, argument.nameSpan, {std::string(callee), std::string(base::text(argument.name))}, &scope);
        std::vector<std::string_view> names;
        for (const auto& parameter : parameters) names.push_back(base::text(parameter.name));
        suggestName(diagnostic, argument.name, argument.nameSpan, std::move(names));
        infer(argument.value, scope);
        continue;
      }
      auto& slot = matched[static_cast<std::size_t>(found - parameters.begin())];
      if (!slot.empty() && !found->variadic) {
        report(code::argument_twice, argument.nameSpan, {std::string(base::text(argument.name))}, &scope).also(at(m_[slot[0]].span), "first here");
        infer(argument.value, scope);
        continue;
      }
      slot.push_back(argument.value);
      continue;
    }
    while (next < parameters.size() && !parameters[next].variadic && !matched[next].empty()) ++next;
    if (next == parameters.size()) {
      if (!extra) report(code::too_many_arguments, m_[argument.value].span, {std::string(callee), std::to_string(parameters.size()), parameters.size() == 1 ? "" : "s"}, &scope);
      extra = true;
      infer(argument.value, scope);
      continue;
    }
    matched[next].push_back(argument.value);
  }
  std::string missing;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (!matched[i].empty() || parameters[i].optional || parameters[i].variadic) continue;
    missing += (missing.empty() ? "`" : ", `") + std::string(base::text(parameters[i].name)) + "`";
  }
  if (!missing.empty() && !misnamed) report(code::missing_argument, call.span, {std::string(callee), missing}, &scope);
  return matched;
}

TypeId Checker::fnParameterType(ItemId fn, std::uint32_t index) {
  const LocalId local{base::index(m_[fn].firstParam) + index};
  auto& type = out_->localTypes[base::index(local)];
  if (localStates_[base::index(local)] != State::Done) {
    localStates_[base::index(local)] = State::Done;
    type = resolveType(m_[local].type, fn);
  }
  return type;
}

TypeId Checker::callFn(ExprId id, FileId file, ItemId item, const Scope& scope) {
  auto& other = core_.checker(file);
  other.want(item);
  const auto& fn = other.m_[item];
  std::vector<Parameter> parameters(fn.paramCount);
  for (std::uint32_t i = 0; i < fn.paramCount; ++i) {
    const auto& local = other.m_[LocalId{base::index(fn.firstParam) + i}];
    parameters[i] = {local.name, base::valid(local.value) || core_.types.isOptional(other.fnParameterType(item, i)), false};
  }
  const auto matched = matchArguments(m_[id], base::text(fn.name), parameters, scope);
  for (std::uint32_t i = 0; i < fn.paramCount; ++i) {
    for (const auto argument : matched[i]) check(argument, {other.fnParameterType(item, i), parameters[i].name, nullptr}, scope);
  }
  return other.itemType(item);
}

Checker::Link Checker::callMethod(ExprId call, ExprId field, Link base, const Scope& scope) {
  const auto& callee = m_[field];
  const Symbol name{callee.b};
  const auto span = hir::fieldNameSpan(callee);
  const auto receiverKind = receiverOf(base.type);
  auto overloads = types::findBuiltin(receiverKind, base::text(name));
  if (overloads.empty()) overloads = types::findBuiltin(Receiver::Any, base::text(name));
  const bool ofAny = !overloads.empty() && types::builtinInfo(overloads[0]).receiver == Receiver::Any;
  // Methods of every value are asked of absent ones too; the others need a value.
  const auto entered = ofAny && !callee.optional ? base : enterBase(ExprId{callee.a}, base, callee.optional, span, scope);
  setType(field, types::errorType);
  if (entered.type == types::errorType || name == base::emptySymbol) {
    checkArgumentsOnly(m_[call], scope);
    return {types::errorType, entered.skippable};
  }
  if (entered.type == types::anyType && overloads.empty()) {
    checkArgumentsOnly(m_[call], scope);
    for (const auto& builtin : types::builtins()) {
      if (builtin.receiver == Receiver::Function || builtin.name != base::text(name)) continue;
      resolution(call) = {ResolutionKind::Builtin, base::none<FileId>, base::none<ItemId>, {}, static_cast<std::uint32_t>(builtin.id)};
      return {types::anyType, entered.skippable};
    }
  }
  if (const auto& branches = node(core_.types.underlying(entered.type)); overloads.empty() && branches.kind == TypeKind::Union) {
    if (const auto result = callOnUnion(call, branches.members, name, scope); result != types::errorType) {
      setType(call, result);
      return {narrowed(call, result, scope), entered.skippable};
    }
  }
  if (overloads.empty()) {
    auto& diagnostic = report(code::no_such_method, span, {std::string(base::text(name)), print(entered.type)}, &scope);
    std::vector<std::string_view> names;
    for (const auto& builtin : types::builtins()) {
      if (builtin.receiver == receiverKind || builtin.receiver == Receiver::Any) names.push_back(builtin.name);
    }
    if (memberOf(entered.type, name) != nullptr) {
      diagnostic.label("a field: without `()`");
    } else if (const auto known = methodFor(base::text(name)); std::find(names.begin(), names.end(), known) != names.end()) {
      diagnostic.label(fmt::format("write `{}`", known)).fixReplace(fmt::format("write `{}`", known), at(span), std::string(known));
    } else {
      suggestName(diagnostic, name, span, std::move(names));
    }
    checkArgumentsOnly(m_[call], scope);
    return {types::errorType, entered.skippable};
  }
  const auto result = callBuiltin(call, overloads, entered.type, scope);
  setType(call, result);
  return {narrowed(call, result, scope), entered.skippable};
}

/// A method that every branch of a union has, with the same parameters: evaluation takes the one of what the value is. The Error type, and nothing
/// checked, if a branch has none.
TypeId Checker::callOnUnion(ExprId call, std::vector<TypeId> branches, Symbol name, const Scope& scope) {
  const auto sameParameters = [](const types::BuiltinSignature& a, const types::BuiltinSignature& b) {
    return std::equal(a.parameters.begin(), a.parameters.end(), b.parameters.begin(), b.parameters.end(), [](const types::BuiltinParameter& x, const types::BuiltinParameter& y) {
      return x.name == y.name && x.type == y.type && x.optional == y.optional && x.variadic == y.variadic && x.isType == y.isType;
    });
  };
  std::vector<Builtin> chosen;
  for (const auto branch : branches) {
    const auto receiver = receiverOf(branch);
    const auto overloads = receiver == Receiver::Set ? std::span<const Builtin>{} : types::findBuiltin(receiver, base::text(name));
    if (overloads.empty()) return types::errorType;
    chosen.push_back(chooseOverload(overloads, m_[call].c, branch));
    if (!sameParameters(core_.signatures.of(chosen.front()), core_.signatures.of(chosen.back()))) return types::errorType;
  }
  auto result = callBuiltin(call, std::span(chosen).first(1), branches[0], scope);
  for (std::size_t i = 1; i < chosen.size(); ++i) {
    Bindings bindings;
    const auto& signature = core_.signatures.of(chosen[i]);
    unify(signature.receiver, branches[i], bindings);
    result = join(result, substitute(signature.result, bindings));
  }
  return result;
}

Builtin Checker::chooseOverload(std::span<const Builtin> overloads, std::size_t count, TypeId receiver) {
  const auto takes = [&](Builtin id) {
    const auto& signature = core_.signatures.of(id);
    std::size_t least = 0;
    bool variadic = false;
    for (const auto& parameter : signature.parameters) {
      variadic = variadic || parameter.variadic;
      if (!parameter.optional && !parameter.variadic) ++least;
    }
    return count >= least && (variadic || count <= signature.parameters.size());
  };
  const auto fitsReceiver = [&](Builtin id) {
    if (receiver == types::errorType) return true;
    Bindings bindings;
    return unify(core_.signatures.of(id).receiver, receiver, bindings);
  };
  for (const auto id : overloads) {
    if (takes(id) && fitsReceiver(id)) return id;
  }
  for (const auto id : overloads) {
    if (takes(id)) return id;
  }
  return overloads.back();
}

TypeId Checker::callBuiltin(ExprId id, std::span<const Builtin> overloads, TypeId receiver, const Scope& scope) {
  const auto& call = m_[id];
  const auto builtin = chooseOverload(overloads, call.c, receiver);
  resolution(id) = {ResolutionKind::Builtin, base::none<FileId>, base::none<ItemId>, {}, static_cast<std::uint32_t>(builtin)};
  const auto& signature = core_.signatures.of(builtin);
  const auto& info = types::builtinInfo(builtin);
  Bindings bindings;
  if (receiver != types::errorType && !unify(signature.receiver, receiver, bindings)) {
    report(code::wrong_receiver, call.span, {std::string(info.name), print(signature.receiver), print(receiver)}, &scope);
    checkArgumentsOnly(call, scope);
    return types::errorType;
  }
  std::vector<Parameter> parameters;
  parameters.reserve(signature.parameters.size());
  for (const auto& parameter : signature.parameters) parameters.push_back({parameter.name, parameter.optional, parameter.variadic});
  const auto matched = matchArguments(call, info.name, parameters, scope);
  for (std::size_t i = 0; i < matched.size(); ++i) {
    for (const auto argument : matched[i]) checkBuiltinArgument(argument, signature.parameters[i], bindings, scope);
  }
  if (builtin == Builtin::fails) failCalls_.push_back(id);
  if ((builtin == Builtin::embed || builtin == Builtin::embedDir) && call.c == 1 && m_[m_.arguments[call.b].value].kind != ExprKind::String && m_[m_.arguments[call.b].value].kind != ExprKind::Error) {
    report(code::import_not_literal, m_[m_.arguments[call.b].value].span, {fmt::format("`{}`", info.name)}, &scope);
  }
  return substitute(signature.result, bindings);
}

void Checker::checkBuiltinArgument(ExprId argument, const types::BuiltinParameter& parameter, Bindings& bindings, const Scope& scope) {
  if (parameter.isType) return checkTypeArgument(argument, parameter.name, bindings, scope);
  if (kindOf(parameter.type) == TypeKind::Function) return checkLambda(argument, parameter.type, parameter.name, bindings, scope);
  const Want want{substitute(parameter.type, bindings), parameter.name, nullptr};
  if (!isOpenPattern(parameter.type, bindings)) {
    const bool bounded = kindOf(parameter.type) == TypeKind::Parameter;
    if (!bounded) {
      check(argument, want, scope);
      return;
    }
  }
  const auto kind = m_[argument].kind;
  const bool literal = kind == ExprKind::Int || kind == ExprKind::Unit || kind == ExprKind::Float;
  const auto type = literal && want.type != types::anyType && core_.relation.fits(types::intType, want.type) && kind == ExprKind::Int ? check(argument, want, scope) : infer(argument, scope, want.type);
  if (type == types::errorType || unify(parameter.type, type, bindings)) return;
  if (kindOf(parameter.type) == TypeKind::Parameter && want.type == types::anyType) {
    const bool ordered = base::text(node(parameter.type).symbol) == "O";
    report(code::type_mismatch, m_[argument].span, {nameOfWant(want), ordered ? "a number or text" : "a number", describeValue(argument, type)}, &scope);
    bindings.emplace_back(node(parameter.type).symbol, types::errorType);
    return;
  }
  reportMismatch(argument, type, want, scope);
}

void Checker::checkTypeArgument(ExprId id, Symbol variable, Bindings& bindings, const Scope& scope) {
  const auto& expr = m_[id];
  NameTarget target;
  if (expr.kind == ExprKind::Name) {
    target = lookUp(Symbol{expr.a}, scope.owner);
    if (target.kind == NameKind::None) reportUnknownType(Symbol{expr.a}, expr.span, scope.owner);
  } else if (expr.kind == ExprKind::Field && m_[ExprId{expr.a}].kind == ExprKind::Name) {
    const auto module = lookUp(Symbol{m_[ExprId{expr.a}].a}, scope.owner);
    if (module.kind == NameKind::Module || module.kind == NameKind::KubernetesGroup) target = moduleField(id, module);
  }
  auto type = types::errorType;
  if (target.kind == NameKind::Type || target.kind == NameKind::Module) {
    type = target.type;
    resolution(id) = {ResolutionKind::Type, target.file, target.item, type, 0};
  } else if (target.kind != NameKind::None || expr.kind != ExprKind::Name) {
    report(code::wants_type_name, expr.span, {}, &scope).label("the name of a kind, part or component");
  }
  setType(id, type);
  bindings.emplace_back(variable, type);
}

void Checker::checkLambda(ExprId id, TypeId functionId, Symbol parameter, Bindings& bindings, const Scope& scope) {
  const auto& expr = m_[id];
  const auto& function = node(functionId);
  if (expr.kind != ExprKind::Lambda) {
    const auto type = infer(id, scope);
    if (type != types::errorType) report(code::wants_lambda, expr.span, {std::string(base::text(parameter)), describeValue(id, type)}, &scope).label("write `x => …`");
    return;
  }
  if (expr.b > function.members.size()) {
    report(code::lambda_parameters, expr.span, {std::to_string(function.members.size()), function.members.size() == 1 ? "" : "s", std::to_string(expr.b)}, &scope);
  }
  for (std::uint32_t i = 0; i < expr.b; ++i) {
    auto type = i < function.members.size() ? substitute(function.members[i], bindings) : types::errorType;
    const auto& local = m_[LocalId{expr.a + i}];
    if (base::valid(local.type)) {
      const auto written = resolveType(local.type, scope.owner);
      if (!core_.relation.fits(type, written)) report(code::type_mismatch, local.nameSpan, {fmt::format("`{}`", base::text(local.name)), describeWant(written), fmt::format("`{}`", print(type))}, &scope);
      type = written;
    }
    out_->localTypes[expr.a + i] = type;
    localStates_[expr.a + i] = State::Done;
  }
  const ExprId body{expr.c};
  if (!isOpenPattern(function.element, bindings)) {
    check(body, {substitute(function.element, bindings), {}, nullptr}, scope);
  } else {
    const auto type = infer(body, scope);
    if (type != types::errorType && !unify(function.element, type, bindings)) {
      reportMismatch(body, type, {substitute(function.element, bindings), {}, nullptr}, scope);
    }
  }
  setType(id, functionId);
}

bool Checker::bindVariable(Symbol variable, TypeId actual, Bindings& bindings) {
  const auto text = base::text(variable);
  const bool bounded = text == "N" || text == "O";
  for (const auto& [name, bound] : bindings) {
    if (name == variable && bound == types::errorType) return true;  // reported
  }
  if (bounded && !isBounded(text, actual)) return false;
  for (auto& [name, bound] : bindings) {
    if (name != variable) continue;
    if (kindOf(bound) == TypeKind::Never) {
      bound = actual;
      return true;
    }
    if (core_.relation.fits(actual, bound)) return true;
    if (core_.relation.fits(bound, actual)) {
      bound = actual;
      return true;
    }
    if (bounded || text == "T" || text == "K" || text == "V") return false;  // the receiver decides
    bound = join(bound, actual);
    return true;
  }
  bindings.emplace_back(variable, actual);
  return true;
}

bool Checker::unify(TypeId patternId, TypeId actualId, Bindings& bindings, int depth) {
  if (depth > maxDepth || actualId == types::errorType) return true;
  const auto& pattern = node(patternId);
  if (pattern.kind == TypeKind::Parameter) return bindVariable(pattern.symbol, actualId, bindings);
  if (kindOf(actualId) == TypeKind::Any) return true;
  if (pattern.kind == TypeKind::Optional) return kindOf(actualId) == TypeKind::Absent || unify(pattern.element, core_.types.required(actualId), bindings, depth + 1);
  const auto actual = node(kindOf(actualId) == TypeKind::Optional ? actualId : core_.types.underlying(actualId));
  switch (pattern.kind) {
    case TypeKind::List:
    case TypeKind::Set:
      if (actual.kind == TypeKind::Union) return std::all_of(actual.members.begin(), actual.members.end(), [&](TypeId member) { return unify(patternId, member, bindings, depth + 1); });
      return (actual.kind == TypeKind::List || actual.kind == TypeKind::Set || actual.kind == TypeKind::Keyed) && unify(pattern.element, actual.element, bindings, depth + 1);
    case TypeKind::Map: {
      if (actual.kind != TypeKind::Map && actual.kind != TypeKind::Record) return false;
      TypeId key{}, value{};
      return elementTypes(actualId, key, value) && unify(pattern.key, key, bindings, depth + 1) && unify(pattern.element, value, bindings, depth + 1);
    }
    case TypeKind::Record:
      if (actual.kind != TypeKind::Record) return false;
      return std::all_of(pattern.fields.begin(), pattern.fields.end(), [&](const types::RecordField& field) {
        const auto found = std::find_if(actual.fields.begin(), actual.fields.end(), [&](const types::RecordField& other) { return other.name == field.name; });
        return found != actual.fields.end() && unify(field.type, found->type, bindings, depth + 1);
      });
    default: return core_.relation.fits(actualId, patternId);
  }
}

TypeId Checker::substitute(TypeId patternId, const Bindings& bindings, int depth) {
  if (depth > maxDepth) return types::anyType;
  const auto pattern = node(patternId);
  auto& table = core_.types;
  const auto inner = [&](TypeId type) { return substitute(type, bindings, depth + 1); };
  switch (pattern.kind) {
    case TypeKind::Parameter:
      for (const auto& [name, bound] : bindings) {
        if (name == pattern.symbol) return bound;
      }
      return types::anyType;
    case TypeKind::Optional: return table.optional(inner(pattern.element));
    case TypeKind::List: return table.list(inner(pattern.element), pattern.bounds);
    case TypeKind::Set: return table.set(inner(pattern.element));
    case TypeKind::Map: return table.map(inner(pattern.key), inner(pattern.element));
    case TypeKind::Record: {
      auto made = pattern;
      for (auto& field : made.fields) field.type = inner(field.type);
      return table.intern(std::move(made));
    }
    case TypeKind::Union: {
      std::vector<TypeId> members;
      members.reserve(pattern.members.size());
      for (const auto member : pattern.members) members.push_back(inner(member));
      return table.unite(members);
    }
    default: return patternId;
  }
}

/// True if the type has a variable that is not bound yet, or only to the element of an empty list.
bool Checker::isOpenPattern(TypeId id, const Bindings& bindings, int depth) {
  if (depth > maxDepth) return false;
  const auto& pattern = node(id);
  const auto inner = [&](TypeId type) { return isOpenPattern(type, bindings, depth + 1); };
  switch (pattern.kind) {
    case TypeKind::Parameter: {
      const auto found = std::find_if(bindings.begin(), bindings.end(), [&](const auto& binding) { return binding.first == pattern.symbol; });
      return found == bindings.end() || kindOf(found->second) == TypeKind::Never;
    }
    case TypeKind::Optional:
    case TypeKind::List:
    case TypeKind::Set: return inner(pattern.element);
    case TypeKind::Map: return inner(pattern.key) || inner(pattern.element);
    case TypeKind::Record: return std::any_of(pattern.fields.begin(), pattern.fields.end(), [&](const types::RecordField& field) { return inner(field.type); });
    case TypeKind::Union: return std::any_of(pattern.members.begin(), pattern.members.end(), inner);
    default: return false;
  }
}

}  // namespace kdsl::sema
