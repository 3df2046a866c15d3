// Calls of built-ins, functions and lambdas.
#include "diag/codes/evaluation.hpp"
#include "eval/builtins/builtin.hpp"
#include "eval/evaluator.hpp"
#include "eval/frame.hpp"

namespace kdsl::eval {

namespace code = diag::code;
using hir::ExprKind;
using source::Location;
using types::TypeKind;

Value Evaluator::call(const Env& env, hir::ExprId id, Missing missing) {
  const auto& module = *env.scope->module;
  const auto& hir = *module.hir;
  const auto& expr = hir[id];
  const auto& resolution = module.resolutions[base::index(id)];
  const auto at = locationOf(env.scope, expr.span);
  if (resolution.kind == sema::ResolutionKind::Fn) return callFn(env, id, resolution);

  const auto& callee = hir[hir::ExprId{expr.a}];
  std::vector<Value> arguments;
  arguments.reserve(std::size_t{expr.c} + 1);
  bool isMethod = callee.kind == ExprKind::Field && module.resolutions[expr.a].kind != sema::ResolutionKind::Builtin;
  auto builtin = static_cast<types::Builtin>(resolution.kind == sema::ResolutionKind::Builtin ? resolution.builtin : 0);
  if (builtin != types::Builtin::none) isMethod = types::builtinInfo(builtin).receiver != types::Receiver::Function;
  if (isMethod) {
    const auto receiver = eval(env, hir::ExprId{callee.a}, callee.optional ? Missing::Tolerate : missing);
    if (receiver.isError()) return receiver;
    if (receiver.isAbsent()) return skipped(env, callee, at, missing);
    // Of a value of type `any`, and of one of several kinds, only the method's name is known before: it is the one of what the value is.
    const auto kind = types().kind(types().underlying(module.exprTypes[callee.a]));
    const bool isDynamic = kind == TypeKind::Any || (kind == TypeKind::Union && builtin != types::Builtin::none && types::builtinInfo(builtin).receiver != types::Receiver::Set);
    if (isDynamic && builtin != types::Builtin::none && types::builtinInfo(builtin).receiver != receiverOf(receiver)) builtin = types::Builtin::none;
    if (builtin == types::Builtin::none) builtin = methodOf(receiver, base::text(Symbol{callee.b}));
    if (builtin == types::Builtin::none) {
      report(code::no_method, at, {std::string(base::text(Symbol{callee.b})), describe(receiver)});
      return Value::error();
    }
    if (isBroken(receiver)) return Value::error();
    arguments.push_back(receiver);
  }
  if (builtin == types::Builtin::none) return Value::error();
  if (builtin == types::Builtin::embed || builtin == types::Builtin::embedDir) return embedded(module, id, builtin == types::Builtin::embedDir, at);
  if (builtin == types::Builtin::all) return allOf(env, id);
  if (builtin == types::Builtin::fails) return fails(env, id);
  if (builtin == types::Builtin::target) return target(env, id);

  const auto& signature = signatures_.of(builtin);
  const auto offset = arguments.size();
  for (std::uint32_t i = 0; i < expr.c; ++i) {
    const auto& argument = hir.arguments[expr.b + i];
    std::size_t position = offset + i;
    if (argument.name != base::emptySymbol) {
      for (std::size_t p = 0; p < signature.parameters.size(); ++p) {
        if (signature.parameters[p].name == argument.name) position = offset + p;
      }
    }
    auto value = eval(env, argument.value);
    if (value.isError() || isBroken(value)) return Value::error();
    const auto parameter = position - offset;
    if (parameter < signature.parameters.size() && types().kind(signature.parameters[parameter].type) == TypeKind::Quantity) value = coerce(value, types::quantityType, locationOf(env.scope, hir[argument.value].span), nullptr);
    if (value.isError()) return value;
    if (arguments.size() <= position) arguments.resize(position + 1);
    arguments[position] = value;
  }
  const Frame frame(*this, nullptr);
  if (!frame || !spend(2)) return Value::error();
  BuiltinCall request(*this, at, arguments);
  return implementation(builtin)(request);
}

/// A list whose elements could not all be made: what is computed from it would only repeat the error.
bool Evaluator::isBroken(Value value) {
  if (!value.is(ValueKind::Record)) return false;
  auto& record = fold(value.asRecord());
  if (record.keyed) buildRows(value.asRecord(), record);
  return record.poisoned;
}

types::Receiver Evaluator::receiverOf(Value value) {
  using types::Receiver;
  switch (value.kind()) {
    case ValueKind::Bool: return Receiver::Bool;
    case ValueKind::Int: return Receiver::Int;
    case ValueKind::Float: return Receiver::Float;
    case ValueKind::String: return Receiver::String;
    case ValueKind::Quantity: return Receiver::Quantity;
    case ValueKind::Duration: return Receiver::Duration;
    case ValueKind::List: return Receiver::List;
    case ValueKind::Record: return fold(value.asRecord()).keyed ? Receiver::List : Receiver::Map;
    default: return Receiver::Any;
  }
}

types::Builtin Evaluator::methodOf(Value receiver, std::string_view name) {
  using types::Receiver;
  if (const auto found = types::findBuiltin(receiverOf(receiver), name); !found.empty()) return found[0];
  if (const auto found = types::findBuiltin(Receiver::Any, name); !found.empty()) return found[0];
  return types::Builtin::none;
}

Value Evaluator::callFn(const Env& env, hir::ExprId id, const sema::Resolution& resolution) {
  const auto& here = *env.scope->module;
  const auto& expr = (*here.hir)[id];
  const auto& module = program_.module(resolution.file);
  const auto& hir = *module.hir;
  const auto& item = hir[resolution.item];
  const Frame frame(*this, nullptr);
  if (!frame || !spend(2)) return Value::error();

  auto* scope = arena_.make<Scope>();
  scope->module = &module;
  std::vector<Value> values(item.paramCount);
  std::vector<bool> given(item.paramCount, false);
  for (std::uint32_t i = 0; i < expr.c; ++i) {
    const auto& argument = here.hir->arguments[expr.b + i];
    std::uint32_t position = i;
    if (argument.name != base::emptySymbol) {
      for (std::uint32_t p = 0; p < item.paramCount; ++p) {
        if (hir.locals[base::index(item.firstParam) + p].name == argument.name) position = p;
      }
    }
    if (position >= item.paramCount) return Value::error();
    auto value = eval(env, argument.value);
    if (value.isError()) return value;
    const auto type = module.localTypes[base::index(item.firstParam) + position];
    if (!value.isAbsent()) value = coerce(value, type, locationOf(env.scope, here.hir->exprs[base::index(argument.value)].span), nullptr);
    if (value.isError()) return value;
    values[position] = value;
    given[position] = true;
  }
  for (std::uint32_t p = 0; p < item.paramCount; ++p) {
    const hir::LocalId local{base::index(item.firstParam) + p};
    if (!given[p] && base::valid(hir[local].value)) {
      const auto value = eval(Env{scope, nullptr, 0}, hir[local].value);
      values[p] = value.isAbsent() ? value : coerce(value, module.localTypes[base::index(local)], locationOf(scope, hir[local].nameSpan), nullptr);
    }
    scope->locals = arena_.make<Locals>(Locals{scope->locals, local, nullptr, values[p]});
  }
  const auto result = eval(Env{scope, nullptr, 0}, item.value);
  if (result.isAbsent() || result.isError()) return result;
  return coerce(result, module.itemTypes[base::index(resolution.item)], locationOf(env.scope, expr.span), nullptr);
}

Value Evaluator::apply(const Lambda& lambda, std::span<const Value> arguments) {
  const auto& hir = *lambda.env.scope->module->hir;
  const auto& expr = hir[lambda.expr];
  const Frame frame(*this, nullptr);
  if (!frame || !spend(1)) return Value::error();
  auto* scope = arena_.make<Scope>(*lambda.env.scope);
  for (std::uint32_t i = 0; i < expr.b && i < arguments.size(); ++i) {
    scope->locals = arena_.make<Locals>(Locals{scope->locals, hir::LocalId{expr.a + i}, nullptr, arguments[i]});
  }
  return eval(Env{scope, lambda.env.superPlace, lambda.env.superCount}, hir::ExprId{expr.c});
}

Value Evaluator::embedded(const CheckedModule& module, hir::ExprId call, bool folder, Location) {
  if (!folder) {
    const auto* text = inputs_.embedded(module.hir->file, call);
    return text == nullptr ? Value::error() : Value::string(*text);
  }
  const auto* files = inputs_.embeddedFolder(module.hir->file, call);
  if (files == nullptr) return Value::error();
  std::vector<TableEntry> entries;
  for (const auto& [file, text] : *files) entries.push_back({base::intern(file), Value::string(text), {}});
  return Value::record(table(entries, types().map(types::stringType, types::stringType)));
}

}  // namespace kdsl::eval
