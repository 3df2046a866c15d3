// What names, fields and elements stand for.
#include <fmt/format.h>

#include <algorithm>

#include "base/near_name.hpp"
#include "diag/codes/evaluation.hpp"
#include "eval/children.hpp"
#include "eval/evaluator.hpp"

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
  if (const auto* gone = findChild(fold(place).children, key); gone != nullptr && gone->remover != nullptr) {
    diagnostic.label("read here").also(gone->remover->at, "deleted here").note("`?.`, `?` and `??` say what happens without");
    return Value::error();
  }
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

}  // namespace kdsl::eval
