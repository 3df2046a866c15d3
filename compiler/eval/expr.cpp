// Expressions to values in weak head form: records stay places, whose fields are computed when read.
#include <fmt/format.h>

#include <algorithm>

#include "base/near_name.hpp"
#include "diag/codes/evaluation.hpp"
#include "diag/codes/limits.hpp"
#include "eval/builtins/builtin.hpp"
#include "eval/evaluator.hpp"
#include "eval/frame.hpp"

namespace kdsl::eval {

namespace code = diag::code;
using hir::ExprKind;
using source::Location;
using types::TypeKind;

namespace {

/// Whether a `?.` stands somewhere below in the chain: then an absent base skips the rest.
bool chainSkips(const hir::Module& hir, const hir::Expr* expr) {
  while (true) {
    switch (expr->kind) {
      case ExprKind::Field:
      case ExprKind::Index:
        if (expr->optional) return true;
        break;
      case ExprKind::Call:
      case ExprKind::Refine: break;
      default: return false;
    }
    if (expr->parenthesised && expr->kind != ExprKind::Field) return false;
    expr = &hir[hir::ExprId{expr->a}];
  }
}

}  // namespace

Value Evaluator::eval(const Env& env, hir::ExprId id, Missing missing) {
  if (!base::valid(id)) return Value::error();
  const auto& module = *env.scope->module;
  const auto& hir = *module.hir;
  const auto& expr = hir[id];
  switch (expr.kind) {
    case ExprKind::Error: return Value::error();
    case ExprKind::Null: return Value::null();
    case ExprKind::Absent: return Value::absent();
    case ExprKind::Bool: return Value::boolean(expr.a != 0);
    case ExprKind::Int: {
      const auto number = hir.ints[expr.a];
      return types().kind(types().underlying(module.exprTypes[base::index(id)])) == TypeKind::Quantity ? Value::quantity(arena_, units::Quantity::fromInteger(number)) : Value::integer(number);
    }
    case ExprKind::Float: {
      const auto number = hir.floats[expr.a];
      if (types().kind(types().underlying(module.exprTypes[base::index(id)])) == TypeKind::Quantity) {
        if (const auto quantity = units::Quantity::fromDouble(number)) return Value::quantity(arena_, *quantity);
      }
      return Value::floating(number);
    }
    case ExprKind::Unit: return unitLiteral(base::text(Symbol{expr.a}), module.exprTypes[base::index(id)], locationOf(env.scope, expr.span));
    case ExprKind::String: return Value::string(Symbol{expr.a});
    case ExprKind::Interpolation: return interpolation(env, expr);
    case ExprKind::Local: return local(env, expr, missing);
    case ExprKind::Name: return name(env, id, missing);
    case ExprKind::Self: {
      if (env.scope->self == nullptr) return Value::error();
      const auto shape = form(env.scope->self->type);
      if (env.scope->self->isInstance || shape == Form::Record || shape == Form::Keyed) return Value::record(env.scope->self);
      return force(env.scope->self);
    }
    case ExprKind::Super: {
      if (env.superPlace == nullptr) return Value::error();
      const auto value = valueBelow(env.superPlace, env.superCount);
      if (!value.isAbsent() || missing == Missing::Tolerate) return value;
      if (const auto standard = serverDefault(env.superPlace); !standard.isAbsent()) return standard;
      const auto kind = types().kind(env.superPlace->type);
      if (kind == TypeKind::Optional || kind == TypeKind::Any) return value;
      if (form(env.superPlace->type) == Form::List || form(env.superPlace->type) == Form::Set) return makeList({}, {});
      report(code::nothing_below, locationOf(env.scope, expr.span), {pathOf(env.superPlace)}).label("nothing is set below").note("write `super ?? …` to say what then");
      return Value::error();
    }
    case ExprKind::Field: return field(env, id, missing);
    case ExprKind::Index: return indexed(env, id, missing);
    case ExprKind::Call: return call(env, id, missing);
    case ExprKind::Refine:
    case ExprKind::Record: {
      Contribution contribution;
      contribution.expr = id;
      contribution.scope = env.scope;
      contribution.superPlace = env.superPlace;
      contribution.superCount = env.superCount;
      contribution.at = locationOf(env.scope, expr.span);
      contribution.body = nextBody_++;
      auto type = types().required(module.exprTypes[base::index(id)]);
      if (types().kind(type) == TypeKind::Error) type = types::anyType;
      if (expr.kind == ExprKind::Refine) {
        const auto base = eval(env, hir::ExprId{expr.a}, missing);
        const auto& resolution = module.resolutions[expr.a];
        if (resolution.kind != sema::ResolutionKind::Type && (base.isError() || base.isAbsent())) return base;
      }
      auto* place = anonymous(type, contribution);
      place->isInstance = expr.kind == ExprKind::Refine;
      return Value::record(place);
    }
    case ExprKind::Present: return present(env, hir::ExprId{expr.a});
    case ExprKind::Not: {
      const auto value = eval(env, hir::ExprId{expr.a});
      return value.is(ValueKind::Bool) ? Value::boolean(!value.asBool()) : wrongOperand(value, "bool", locationOf(env.scope, expr.span));
    }
    case ExprKind::Negate: return negate(eval(env, hir::ExprId{expr.a}), locationOf(env.scope, expr.span));
    case ExprKind::Binary: return binary(env, id, missing);
    case ExprKind::Is: {
      const auto value = eval(env, hir::ExprId{expr.a}, Missing::Tolerate);
      if (value.isError()) return value;
      return Value::boolean(hasType(value, module.typeExprs[expr.b]));
    }
    case ExprKind::If: {
      const auto condition = eval(env, hir::ExprId{expr.a});
      if (!condition.is(ValueKind::Bool)) return wrongOperand(condition, "bool", locationOf(env.scope, hir[hir::ExprId{expr.a}].span));
      if (coverage_ != nullptr && base::valid(hir::ExprId{condition.asBool() ? expr.b : expr.c})) noteBranch(env, hir::ExprId{condition.asBool() ? expr.b : expr.c});
      if (condition.asBool()) return eval(env, hir::ExprId{expr.b}, missing);
      return base::valid(hir::ExprId{expr.c}) ? eval(env, hir::ExprId{expr.c}, missing) : Value::absent();
    }
    case ExprKind::Match: {
      const auto scrutinee = eval(env, hir::ExprId{expr.a}, Missing::Tolerate);
      if (scrutinee.isError()) return scrutinee;
      for (std::uint32_t i = 0; i < expr.c; ++i) {
        const auto& arm = hir.arms[expr.b + i];
        if (base::valid(arm.pattern) && !hasType(scrutinee, module.typeExprs[base::index(arm.pattern)])) continue;
        if (coverage_ != nullptr) noteBranch(env, arm.value);
        return eval(env, arm.value, missing);
      }
      report(code::internal_error, locationOf(env.scope, expr.span), {fmt::format("no arm of this match takes {}", describe(scrutinee))});
      return Value::error();
    }
    case ExprKind::Let: {
      const auto& bound = hir[hir::LocalId{expr.a}];
      const auto value = eval(env, bound.value);
      auto* scope = arena_.make<Scope>(*env.scope);
      scope->locals = arena_.make<Locals>(Locals{env.scope->locals, hir::LocalId{expr.a}, nullptr, value});
      return eval(Env{scope, env.superPlace, env.superCount}, hir::ExprId{expr.b}, missing);
    }
    case ExprKind::Lambda: return Value::lambda(arena_.make<Lambda>(Lambda{id, env}));
    case ExprKind::List: {
      std::vector<Value> items;
      std::vector<Location> origins;
      bool failed = false;
      forElements(env, expr.a, expr.b, [&](const Env& inner, hir::ExprId item, Value value) {
        if (base::valid(item)) {
          value = eval(inner, item);
          if (value.isAbsent()) return true;  // `if` without `else` inside brackets adds nothing
          origins.push_back(locationOf(inner.scope, (*inner.scope->module->hir)[item].span));
        } else {
          origins.push_back(locationOf(env.scope, expr.span));
        }
        failed |= value.isError();
        items.push_back(value);
        // Elements wait outside the arena until there are all: now and then they are counted.
        return spend(1) && (items.size() % 4096 != 0 || hasRoom(items.size() * (sizeof(Value) + sizeof(Location))));
      });
      return failed || exhausted_ ? Value::error() : makeList(items, origins);
    }
  }
  return Value::error();
}

Value Evaluator::unitLiteral(std::string_view text, TypeId type, Location at) {
  const auto kind = types().kind(types().underlying(type));
  if (kind == TypeKind::Duration || kind == TypeKind::Seconds) {
    const auto duration = units::Duration::parse(text);
    if (!duration) return badLiteral(text, at);
    return kind == TypeKind::Duration ? Value::duration(*duration) : wholeSeconds(*duration, at);
  }
  const auto quantity = units::Quantity::parse(text);
  if (quantity) return Value::quantity(arena_, *quantity);
  if (const auto duration = units::Duration::parse(text)) return Value::duration(*duration);
  return badLiteral(text, at);
}

/// Lowering has checked every literal.
Value Evaluator::badLiteral(std::string_view text, Location at) {
  report(code::internal_error, at, {fmt::format("the literal {} has no value", text)});
  return Value::error();
}

Value Evaluator::wholeSeconds(units::Duration duration, Location at) {
  const auto seconds = duration.toSeconds();
  if (seconds) return Value::integer(*seconds);
  report(code::not_whole_seconds, at, {duration.text()}).label("this field counts whole seconds");
  return Value::error();
}

Value Evaluator::interpolation(const Env& env, const hir::Expr& expr) {
  const auto& hir = *env.scope->module->hir;
  std::string out;
  bool hidden = false;
  for (const auto part : hir.exprList(expr.a, expr.b)) {
    const auto& piece = hir[part];
    if (piece.kind == ExprKind::String) {
      out += base::text(Symbol{piece.a});
      continue;
    }
    const auto at = locationOf(env.scope, piece.span);
    const auto text = interpolate(eval(env, part), at);
    if (text.isError() || !hasRoom(out.size() + text.asString().size())) return Value::error();
    hidden |= text.isHidden();
    out += text.asString();
  }
  if (!spend(1 + out.size() / 64)) return Value::error();
  const auto whole = Value::string(arena_, out);
  return hidden ? whole.hidden() : whole;
}

Value Evaluator::local(const Env& env, const hir::Expr& expr, Missing missing) {
  for (const auto* bound = env.scope->locals; bound != nullptr; bound = bound->up) {
    if (bound->id != hir::LocalId{expr.a}) continue;
    return bound->place != nullptr ? read(bound->place, locationOf(env.scope, expr.span), missing) : bound->value;
  }
  return Value::error();
}

Value Evaluator::name(const Env& env, hir::ExprId id, Missing missing) {
  const auto& module = *env.scope->module;
  const auto& expr = (*module.hir)[id];
  return resolved(env, module.resolutions[base::index(id)], Symbol{expr.a}, module.exprTypes[base::index(id)], locationOf(env.scope, expr.span), missing);
}

Value Evaluator::resolved(const Env& env, const sema::Resolution& resolution, Symbol name, TypeId type, Location at, Missing missing) {
  switch (resolution.kind) {
    case sema::ResolutionKind::Member:
      if (env.scope->members == nullptr) return Value::error();
      return read(child(env.scope->members, name), at, missing);
    case sema::ResolutionKind::StaticLet: {
      const auto& item = program_.module(resolution.file).hir->items[base::index(resolution.item)];
      if (item.kind == hir::ItemKind::Import) return importedData(resolution.file, item.import, program_.module(resolution.file).itemTypes[base::index(resolution.item)]);
      return read(child(staticModule(resolution.file), item.name), at, missing);
    }
    case sema::ResolutionKind::Type: {
      Contribution contribution;
      contribution.source = Contribution::Source::Table;
      contribution.at = at;
      auto* place = anonymous(resolution.type, contribution);
      place->isInstance = true;
      return Value::record(place);
    }
    case sema::ResolutionKind::Constant: return kubernetesConstant(type);
    default: return Value::error();
  }
}

Value Evaluator::kubernetesConstant(TypeId type) {
  const auto minor = program_.schema().minor();
  const TableEntry entries[] = {{base::intern("version"), Value::string(arena_, fmt::format("1.{}", minor)), {}}, {base::intern("minor"), Value::integer(minor), {}}};
  return Value::record(table(entries, type));
}

Value Evaluator::importedData(source::FileId file, std::uint32_t import, TypeId type) {
  const auto* data = inputs_.data(file, import);
  if (data == nullptr) return Value::error();
  auto& cached = dataValues_[data];
  if (cached == nullptr) {
    Contribution contribution;
    contribution.source = Contribution::Source::Ready;
    contribution.at = {inputs_.dataFile(file, import), {data->span().begin, data->span().end}};
    contribution.value = fromData(*data, inputs_.dataFile(file, import));
    cached = anonymous(type, contribution);
    const auto& items = program_.module(file).hir->items;
    const auto named = std::find_if(items.begin(), items.end(), [&](const hir::Item& item) { return item.kind == hir::ItemKind::Import && item.import == import; });
    if (named != items.end()) cached->key = named->name;
  }
  return read(cached, cached->made);
}

// --- reading into values ----------------------------------------------------------------------------------------------

Value Evaluator::field(const Env& env, hir::ExprId id, Missing missing) {
  const auto& module = *env.scope->module;
  const auto& expr = (*module.hir)[id];
  if (const auto& resolution = module.resolutions[base::index(id)]; resolution.kind != sema::ResolutionKind::None && resolution.kind != sema::ResolutionKind::Member) {
    return resolved(env, resolution, Symbol{expr.b}, module.exprTypes[base::index(id)], locationOf(env.scope, expr.span), missing);
  }
  const auto base = eval(env, hir::ExprId{expr.a}, expr.optional ? Missing::Tolerate : missing);
  const Location at{module.hir->file, hir::fieldNameSpan(expr)};
  if (base.isAbsent()) return skipped(env, expr, at, missing);
  return member(base, Symbol{expr.b}, at, missing);
}

/// `x?`. A field of Kubernetes that nobody sets is not there, whatever it reads as.
Value Evaluator::present(const Env& env, hir::ExprId id) {
  const auto& expr = (*env.scope->module->hir)[id];
  auto value = Value::absent();
  if (expr.kind == ExprKind::Field && env.scope->module->resolutions[base::index(id)].kind == sema::ResolutionKind::None) {
    const auto base = eval(env, hir::ExprId{expr.a}, Missing::Tolerate);
    if (base.is(ValueKind::Record)) {
      auto* found = child(base.asRecord(), Symbol{expr.b});
      if (found != nullptr && found->member != nullptr && force(found).isAbsent()) {
        // What is missing here may be missing for what was reported.
        return fold(base.asRecord()).poisoned ? Value::error() : Value::boolean(false);
      }
    }
    value = base.isAbsent() || base.isError() ? base : member(base, Symbol{expr.b}, {env.scope->module->hir->file, hir::fieldNameSpan(expr)}, Missing::Tolerate);
  } else {
    value = eval(env, id, Missing::Tolerate);
  }
  return value.isError() ? value : Value::boolean(!value.isAbsent());
}

Value Evaluator::skipped(const Env& env, const hir::Expr& expr, Location at, Missing missing) {
  if (missing == Missing::Tolerate || chainSkips(*env.scope->module->hir, &expr)) return Value::absent();
  report(code::reads_absent, at, {}).label("there is nothing to read this from").note("`?.` reads only what is there");
  return Value::error();
}

Value Evaluator::member(Value base, Symbol key, Location at, Missing missing) {
  if (base.isError()) return base;
  if (!base.is(ValueKind::Record)) return wrongOperand(base, "a value with fields", at);
  auto* place = base.asRecord();
  auto& record = fold(place);
  auto* found = child(place, key);
  const bool declared = found != nullptr && (found->member != nullptr || isDeclaredField(record, key));
  const auto value = found == nullptr ? Value::absent() : declared ? read(found, at, missing) : force(found);
  if (!value.isAbsent()) return value;
  if (record.poisoned) return Value::error();  // what is missing here may be missing for what was reported
  return declared || missing == Missing::Tolerate ? value : noKey(place, key, at);
}

bool Evaluator::isDeclaredField(const Record& record, Symbol key) {
  const auto& node = types()[record.type];
  return node.kind == TypeKind::Record && std::any_of(node.fields.begin(), node.fields.end(), [&](const types::RecordField& field) { return field.name == key; });
}

Value Evaluator::noKey(Place* place, Symbol key, Location at) {
  auto& diagnostic = report(code::no_key, at, {pathOf(place), printable(key)});
  std::vector<std::string_view> names;
  for (const auto other : keys(place)) names.push_back(base::text(other));
  if (const auto near = base::nearest(base::text(key), names); !near.empty()) diagnostic.label(fmt::format("did you mean `{}`?", near));
  if (names.empty()) diagnostic.note("nothing is there; `?.`, `?` and `??` say what happens without");
  if (!names.empty() && names.size() <= 12) {
    std::string list;
    for (const auto other : names) list += fmt::format("{}`{}`", list.empty() ? "" : ", ", printable(base::findSymbol(other)));
    diagnostic.note(fmt::format("there is {}; `?.`, `?` and `??` say what happens without", list));
  }
  return Value::error();
}

Value Evaluator::indexed(const Env& env, hir::ExprId id, Missing missing) {
  const auto& hir = *env.scope->module->hir;
  const auto& expr = hir[id];
  const auto base = eval(env, hir::ExprId{expr.a}, expr.optional ? Missing::Tolerate : missing);
  const auto at = locationOf(env.scope, expr.span);
  if (base.isError()) return base;
  if (base.isAbsent()) return skipped(env, expr, at, missing);
  const auto parts = hir.exprList(expr.b, expr.c);
  if (base.is(ValueKind::List)) {
    const auto position = eval(env, parts[0]);
    if (!position.is(ValueKind::Int)) return wrongOperand(position, "int", at);
    const auto& items = base.asList().items;
    if (position.asInt() >= 0 && static_cast<std::size_t>(position.asInt()) < items.size()) return items[static_cast<std::size_t>(position.asInt())];
    if (missing == Missing::Tolerate) return Value::absent();
    auto& diagnostic = report(code::no_index, at, {fmt::format("{}", position.asInt()), items.empty() ? "is empty" : fmt::format("has {}", items.size())});
    if (position.asInt() == static_cast<std::int64_t>(items.size()) && !items.empty()) diagnostic.note("the first element is 0");
    return Value::error();
  }
  if (!base.is(ValueKind::Record)) return wrongOperand(base, "a list or map", at);
  std::string joined;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto part = eval(env, parts[i]);
    if (part.isError() || part.isAbsent()) return Value::error();
    if (i != 0) joined += keySeparator;
    joined += base::text(keyOf(part));
  }
  auto* place = base.asRecord();
  auto key = base::intern(joined);
  if (fold(place).keyed) {
    auto* row = child(place, key);
    if (row == nullptr) {
      bool several = false;
      row = rowByLeadingKey(place, key, at, several);
      if (several) return Value::error();
    }
    if (row != nullptr) return read(row, at, missing);
    if (missing == Missing::Tolerate) return Value::absent();
    return fold(place).poisoned ? Value::error() : noKey(place, key, at);
  }
  return member(base, key, at, missing);
}

Place* Evaluator::rowByLeadingKey(Place* place, Symbol key, Location at, bool& several) {
  const auto wanted = std::string(base::text(key)) + keySeparator;
  Place* found = nullptr;
  for (const auto& [rowKey, row] : rows(place)) {
    if (!base::text(rowKey).starts_with(wanted)) continue;
    if (found != nullptr) {
      several = true;
      report(code::several_elements, at, {pathOf(place), printable(key)}).note(fmt::format("there are `{}` and `{}`: write all parts of the key", printable(found->key), printable(row->key)));
      return nullptr;
    }
    found = row;
  }
  return found;
}

// --- calls -----------------------------------------------------------------------------------------------------------

Value Evaluator::call(const Env& env, hir::ExprId id, Missing missing) {
  const auto& module = *env.scope->module;
  const auto& hir = *module.hir;
  const auto& expr = hir[id];
  const auto& resolution = module.resolutions[base::index(id)];
  const auto at = locationOf(env.scope, expr.span);
  if (resolution.kind == sema::ResolutionKind::Fn) return callFn(env, id, resolution);

  const auto& callee = hir[hir::ExprId{expr.a}];
  std::vector<Value> arguments;
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

// --- loops -----------------------------------------------------------------------------------------------------------

bool Evaluator::forEach(const Env& env, hir::ExprId collection, hir::ExprId filter, hir::LocalId first, hir::LocalId second, const std::function<bool(const Locals*)>& visit) {
  const auto value = eval(env, collection);
  if (value.isAbsent()) return true;
  if (value.isError() || isBroken(value)) return false;
  const bool pairs = base::valid(second);
  const auto step = [&](Value key, Value item) {
    const Locals* locals = env.scope->locals;
    if (pairs) locals = arena_.make<Locals>(Locals{locals, first, nullptr, key});
    locals = arena_.make<Locals>(Locals{locals, pairs ? second : first, nullptr, item});
    if (!spend(1)) return false;
    if (base::valid(filter)) {
      auto* scope = arena_.make<Scope>(*env.scope);
      scope->locals = locals;
      const auto wanted = eval(Env{scope, env.superPlace, env.superCount}, filter);
      if (!wanted.is(ValueKind::Bool) || !wanted.asBool()) return !wanted.isError();
    }
    return visit(locals);
  };
  if (value.is(ValueKind::List)) {
    const auto& items = value.asList().items;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (!step(Value::integer(static_cast<std::int64_t>(i)), items[i])) return false;
    }
    return true;
  }
  if (!value.is(ValueKind::Record)) {
    wrongOperand(value, "a list or map", locationOf(env.scope, (*env.scope->module->hir)[collection].span));
    return false;
  }
  auto* place = value.asRecord();
  if (fold(place).keyed) {
    const auto list = rows(place);
    for (const auto& row : std::vector<Child>(list.begin(), list.end())) {
      if (!step(Value::string(row.key), Value::record(row.place))) return false;
    }
    return true;
  }
  for (const auto key : keys(place)) {
    const auto item = force(child(place, key));
    if (item.isAbsent()) continue;
    if (!step(Value::string(key), pairs ? item : Value::string(key))) return false;
  }
  return true;
}

bool Evaluator::forElements(const Env& env, std::uint32_t first, std::uint32_t count, const ElementVisitor& visit) {
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!forElement(env, first + i, visit)) return false;
  }
  return true;
}

bool Evaluator::forElement(const Env& env, std::uint32_t position, const ElementVisitor& visit) {
  const auto& hir = *env.scope->module->hir;
  const auto& element = hir.elements[position];
  switch (element.kind) {
    case hir::ElementKind::Value: return visit(env, element.value, {});
    case hir::ElementKind::Spread: {
      const auto value = eval(env, element.value);
      if (value.isError()) return visit(env, base::none<hir::ExprId>, value);
      if (value.isAbsent()) return true;
      for (const auto& item : itemsOf(value)) {
        if (!visit(env, base::none<hir::ExprId>, item)) return false;
      }
      return true;
    }
    case hir::ElementKind::If: {
      const auto condition = eval(env, element.value);
      if (!condition.is(ValueKind::Bool)) return visit(env, base::none<hir::ExprId>, wrongOperand(condition, "bool", locationOf(env.scope, hir[element.value].span)));
      if (condition.asBool()) return forElement(env, element.then, visit);
      return element.otherwise == 0 || forElement(env, element.otherwise, visit);
    }
    case hir::ElementKind::For:
      return forEach(env, element.value, element.filter, element.first, element.second, [&](const Locals* locals) {
        auto* scope = arena_.make<Scope>(*env.scope);
        scope->locals = locals;
        return forElement(Env{scope, env.superPlace, env.superCount}, element.then, visit);
      });
  }
  return true;
}

}  // namespace kdsl::eval
