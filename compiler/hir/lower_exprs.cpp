// Expressions. Each kind has a function of its own, which keeps the stack of the recursion small.
#include <iterator>
#include <string>
#include <vector>

#include "hir/literals.hpp"
#include "diag/codes/names.hpp"
#include "hir/lowering.hpp"
#include "units/quantity.hpp"

namespace kdsl::hir {

namespace code = diag::code;

namespace {

BinaryOp binaryOpOf(syn::TokenKind token) {
  switch (token) {
    case syn::TokenKind::OrOr: return BinaryOp::Or;
    case syn::TokenKind::AndAnd: return BinaryOp::And;
    case syn::TokenKind::NotEqual: return BinaryOp::NotEqual;
    case syn::TokenKind::Less: return BinaryOp::Less;
    case syn::TokenKind::LessEqual: return BinaryOp::LessEqual;
    case syn::TokenKind::Greater: return BinaryOp::Greater;
    case syn::TokenKind::GreaterEqual: return BinaryOp::GreaterEqual;
    case syn::TokenKind::KwIn: return BinaryOp::In;
    case syn::TokenKind::QuestionQuestion: return BinaryOp::Coalesce;
    case syn::TokenKind::Plus: return BinaryOp::Add;
    case syn::TokenKind::Minus: return BinaryOp::Subtract;
    case syn::TokenKind::Star: return BinaryOp::Multiply;
    case syn::TokenKind::Slash: return BinaryOp::Divide;
    case syn::TokenKind::Percent: return BinaryOp::Remainder;
    default: return BinaryOp::Equal;
  }
}

std::uint32_t raw(Symbol symbol) { return static_cast<std::uint32_t>(symbol); }

}  // namespace

ExprId Lowering::addExpr(ExprKind kind, Span span, std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  const ExprId id{static_cast<std::uint32_t>(module_.exprs.size())};
  Expr expr;
  expr.kind = kind;
  expr.a = a;
  expr.b = b;
  expr.c = c;
  expr.span = span;
  module_.exprs.push_back(expr);
  return id;
}

ExprId Lowering::lowerExpr(syn::Expr expr) {
  using syn::NodeKind;
  const auto span = expr.span();
  switch (expr.kind()) {
    case NodeKind::NumberExpr: return lowerNumber(expr.text(), false, span);
    case NodeKind::StringExpr:
    case NodeKind::RawExpr: return lowerString(expr);
    case NodeKind::TrueExpr: return addExpr(ExprKind::Bool, span, 1);
    case NodeKind::FalseExpr: return addExpr(ExprKind::Bool, span, 0);
    case NodeKind::NullExpr: return addExpr(ExprKind::Null, span);
    case NodeKind::AbsentExpr: return addExpr(ExprKind::Absent, span);
    case NodeKind::SelfExpr: return lowerSelfOrSuper(ExprKind::Self, span);
    case NodeKind::SuperExpr: return lowerSelfOrSuper(ExprKind::Super, span);
    case NodeKind::NameExpr: return lowerName(base::intern(expr.text()), span);
    case NodeKind::ParenExpr: return lowerParen(syn::as<syn::ParenExpr>(expr));
    case NodeKind::ListExpr: return lowerList(syn::as<syn::ListExpr>(expr));
    case NodeKind::Body: return lowerRecord(syn::as<syn::Body>(expr));
    case NodeKind::UnaryExpr: return lowerUnary(syn::as<syn::UnaryExpr>(expr));
    case NodeKind::BinaryExpr: return lowerBinary(syn::as<syn::BinaryExpr>(expr));
    case NodeKind::IsExpr: return lowerIs(syn::as<syn::IsExpr>(expr));
    case NodeKind::FieldExpr: return lowerField(syn::as<syn::FieldExpr>(expr));
    case NodeKind::MethodExpr: return lowerMethod(syn::as<syn::MethodExpr>(expr));
    case NodeKind::IndexExpr: return lowerIndex(syn::as<syn::IndexExpr>(expr));
    case NodeKind::CallExpr: return lowerFunctionCall(syn::as<syn::CallExpr>(expr));
    case NodeKind::RefineExpr: return lowerRefine(syn::as<syn::RefineExpr>(expr));
    case NodeKind::PresenceExpr: return lowerPresence(syn::as<syn::PresenceExpr>(expr));
    case NodeKind::LambdaExpr: return lowerLambda(syn::as<syn::LambdaExpr>(expr));
    case NodeKind::IfExpr: return lowerIf(syn::as<syn::IfExpr>(expr));
    case NodeKind::MatchExpr: return lowerMatch(syn::as<syn::MatchExpr>(expr));
    case NodeKind::LetExpr: return lowerLetExpr(syn::as<syn::LetExpr>(expr));
    default: return addError(span);
  }
}

ExprId Lowering::lowerName(Symbol name, Span span) {
  const auto local = scopes_.find(name);
  if (base::valid(local)) return addExpr(ExprKind::Local, span, base::index(local), raw(name));
  return addExpr(ExprKind::Name, span, raw(name));
}

ExprId Lowering::lowerNumber(std::string_view text, bool negative, Span span) {
  const auto literal = readNumber(text, negative);
  using Kind = NumberLiteral::Kind;
  switch (literal.kind) {
    case Kind::Int:
      module_.ints.push_back(literal.integer);
      return addExpr(ExprKind::Int, span, static_cast<std::uint32_t>(module_.ints.size() - 1));
    case Kind::Float:
      module_.floats.push_back(literal.real);
      return addExpr(ExprKind::Float, span, static_cast<std::uint32_t>(module_.floats.size() - 1));
    case Kind::Unit: return addExpr(ExprKind::Unit, span, raw(base::intern(literal.unit)));
    case Kind::OutOfRange: report(code::number_out_of_range, span, {std::string(tree_.source().substr(span.begin, span.size()))}); break;
    case Kind::BadUnit: reportBadUnit(literal, span); break;
    case Kind::Malformed: break;
  }
  return addError(span);
}

void Lowering::reportBadUnit(const NumberLiteral& literal, Span span) {
  if (literal.fault != units::Fault::UnknownSuffix) {
    report(code::bad_unit_number, span, {literal.unit, std::string(units::explain(literal.fault))});
    return;
  }
  auto digits = literal.unit.find_first_not_of("-0123456789.");
  if (digits == std::string::npos) digits = literal.unit.size();
  const auto number = literal.unit.substr(0, digits);
  const auto suffix = literal.unit.substr(digits);
  auto& diagnostic = report(code::unknown_unit, span, {literal.unit, suffix});
  if (const auto meant = units::probableSuffix(suffix); !meant.empty()) {
    const auto replacement = number + std::string(meant);
    diagnostic.label("did you mean `" + replacement + "`?").fixReplace("write `" + replacement + "`", at(span), replacement);
  }
  diagnostic.note("quantities: n u m k M G T P E, Ki Mi Gi Ti Pi Ei; durations: ns us ms s m h d");
}

ExprId Lowering::lowerString(const syn::View& string) {
  const auto span = string.span();
  Symbol text{};
  if (decodePlain(string, text)) return addExpr(ExprKind::String, span, raw(text));
  const auto mark = pendingExprs_.mark();
  for (const auto& part : syn::decodeString(tree_, string.id)) {
    pendingExprs_.push(base::valid(part.expr) ? lowerExpr(syn::as<syn::Expr>(tree_, part.expr))
                                              : addExpr(ExprKind::String, span, raw(base::intern(part.text))));
  }
  const auto count = static_cast<std::uint32_t>(pendingExprs_.mark() - mark);
  return addExpr(ExprKind::Interpolation, span, pendingExprs_.moveTo(module_.exprLists, mark), count);
}

ExprId Lowering::lowerSelfOrSuper(ExprKind kind, Span span) {
  if (kind == ExprKind::Self ? context_.hasSelf : context_.hasSuper) return addExpr(kind, span);
  report(kind == ExprKind::Self ? code::no_self : code::no_super, span);
  return addError(span);
}

ExprId Lowering::lowerParen(syn::ParenExpr paren) {
  const auto inner = lowerExpr(paren.inner());
  module_.exprs[base::index(inner)].parenthesised = true;
  return inner;
}

ExprId Lowering::lowerRecord(syn::Body body) {
  // Plain braces: `self` and `super` stay those of the entry around.
  const auto id = lowerBody(body, valueContext());
  return addExpr(ExprKind::Record, body.span(), base::index(id));
}

ExprId Lowering::lowerRefine(syn::RefineExpr refine) {
  const auto receiver = lowerExpr(refine.receiver());
  const auto body = lowerBody(refine.body(), {});
  return addExpr(ExprKind::Refine, refine.span(), base::index(receiver), base::index(body));
}

ExprId Lowering::lowerUnary(syn::UnaryExpr unary) {
  const auto operand = unary.operand();
  const bool negates = unary.op() == syn::TokenKind::Minus;
  // `-9223372036854775808` is one literal: its digits alone would not fit.
  if (negates && operand.kind() == syn::NodeKind::NumberExpr) return lowerNumber(operand.text(), true, unary.span());
  const auto value = lowerExpr(operand);
  return addExpr(negates ? ExprKind::Negate : ExprKind::Not, unary.span(), base::index(value));
}

ExprId Lowering::lowerBinary(syn::BinaryExpr binary) {
  const auto left = lowerExpr(binary.left());
  const auto right = lowerExpr(binary.right());
  const auto id = addExpr(ExprKind::Binary, binary.span(), base::index(left), base::index(right));
  module_.exprs[base::index(id)].op = binaryOpOf(binary.op());
  return id;
}

ExprId Lowering::lowerIs(syn::IsExpr is) {
  const auto value = lowerExpr(is.value());
  const auto type = lowerType(is.type());
  return addExpr(ExprKind::Is, is.span(), base::index(value), base::index(type));
}

ExprId Lowering::lowerPresence(syn::PresenceExpr presence) {
  const auto operand = lowerExpr(presence.operand());
  return addExpr(ExprKind::Present, presence.span(), base::index(operand));
}

ExprId Lowering::addField(ExprId receiver, syn::TokenId word, bool optional, Span span) {
  const auto name = base::valid(word) ? base::intern(tree_.tokenText(word)) : base::emptySymbol;
  const Span whole{span.begin, base::valid(word) ? tree_.tokenSpan(word).end : span.end};
  const auto id = addExpr(ExprKind::Field, whole, base::index(receiver), raw(name));
  module_.exprs[base::index(id)].optional = optional;
  return id;
}

ExprId Lowering::lowerField(syn::FieldExpr field) {
  const auto receiver = lowerExpr(field.receiver());
  return addField(receiver, field.word(), field.quiet(), field.span());
}

ExprId Lowering::lowerMethod(syn::MethodExpr method) {
  const auto receiver = lowerExpr(method.receiver());
  const auto callee = addField(receiver, method.word(), method.quiet(), method.span());
  return lowerCall(callee, method.args(), method.span());
}

ExprId Lowering::lowerFunctionCall(syn::CallExpr call) {
  const auto callee = lowerExpr(call.callee());
  return lowerCall(callee, call.args(), call.span());
}

ExprId Lowering::lowerCall(ExprId callee, syn::ArgList args, Span span) {
  const auto mark = pendingArguments_.mark();
  for (const auto arg : args.args()) {
    Argument argument;
    if (const auto name = arg.name()) {
      argument.name = nameOf(name);
      argument.nameSpan = name.span();
    }
    argument.value = lowerExpr(arg.value());
    pendingArguments_.push(argument);
  }
  const auto count = static_cast<std::uint32_t>(pendingArguments_.mark() - mark);
  const auto call = addExpr(ExprKind::Call, span, base::index(callee), pendingArguments_.moveTo(module_.arguments, mark), count);
  noteEmbed(call);
  return call;
}

ExprId Lowering::lowerIndex(syn::IndexExpr index) {
  const auto mark = pendingExprs_.mark();
  bool optional = false;
  for (const auto key : syn::ViewsOf<syn::Expr>(index)) {
    // The first is the receiver: `x?[k]` reads the element if there is an x, and no presence test has elements.
    const bool isReceiver = pendingExprs_.mark() == mark;
    optional = optional || (isReceiver && key.kind() == syn::NodeKind::PresenceExpr);
    pendingExprs_.push(lowerExpr(isReceiver && optional ? syn::as<syn::PresenceExpr>(key).operand() : key));
  }
  const auto parts = pendingExprs_.since(mark);
  const auto receiver = parts.empty() ? addError(index.span()) : parts[0];
  const auto count = parts.empty() ? 0 : static_cast<std::uint32_t>(parts.size() - 1);
  const auto first = pendingExprs_.moveTo(module_.exprLists, mark);
  const auto id = addExpr(ExprKind::Index, index.span(), base::index(receiver), first + 1, count);
  module_.exprs[base::index(id)].optional = optional;
  return id;
}

ExprId Lowering::lowerIf(syn::IfExpr expr) {
  const auto condition = lowerExpr(expr.condition());
  const auto then = lowerExpr(expr.then());
  const auto otherwise = lowerExprIfWritten(expr.otherwise());
  return addExpr(ExprKind::If, expr.span(), base::index(condition), base::index(then), base::index(otherwise));
}

ExprId Lowering::lowerMatch(syn::MatchExpr match) {
  const auto subject = lowerExpr(match.subject());
  const auto mark = pendingArms_.mark();
  for (const auto view : match.arms()) {
    Arm arm;
    if (!view.wildcard()) arm.pattern = lowerType(view.pattern());
    arm.value = lowerExpr(view.value());
    arm.span = view.span();
    pendingArms_.push(arm);
  }
  const auto count = static_cast<std::uint32_t>(pendingArms_.mark() - mark);
  return addExpr(ExprKind::Match, match.span(), base::index(subject), pendingArms_.moveTo(module_.arms, mark), count);
}

ExprId Lowering::lowerLetExpr(syn::LetExpr let) {
  // `let (a = 1, b = a) e` is `let (a = 1) let (b = a) e`.
  const auto bindings = let.bindings();
  const auto count = static_cast<std::size_t>(std::distance(bindings.begin(), bindings.end()));
  if (!withinLimit(count, "bindings", let.span())) return addError(let.span());
  const LocalScopes::Scope scope(scopes_);
  std::vector<LocalId> locals;
  for (const auto binding : bindings) {
    const auto value = lowerExpr(binding.value());
    const auto local = locals.emplace_back(addLocal(LocalKind::Let, binding.name()));
    module_.locals[base::index(local)].value = value;
    bind(local);
  }
  auto result = lowerExpr(let.body());
  for (auto local = locals.rbegin(); local != locals.rend(); ++local) {
    result = addExpr(ExprKind::Let, let.span(), base::index(*local), base::index(result));
  }
  return result;
}

ExprId Lowering::lowerLambda(syn::LambdaExpr lambda) {
  const LocalScopes::Scope scope(scopes_);
  const auto first = static_cast<std::uint32_t>(module_.locals.size());
  for (const auto param : lambda.params()) bind(addLocal(LocalKind::Lambda, param.name()));
  const auto count = static_cast<std::uint32_t>(module_.locals.size()) - first;
  auto next = first;
  for (const auto param : lambda.params()) {
    const auto type = lowerTypeIfWritten(param.type());
    module_.locals[next++].type = type;
  }
  const auto body = lowerExpr(lambda.body());
  return addExpr(ExprKind::Lambda, lambda.span(), first, count, base::index(body));
}

ExprId Lowering::lowerList(syn::ListExpr list) {
  const auto mark = pendingElements_.mark();
  for (const auto elem : list.elements()) pendingElements_.push(lowerElement(elem));
  const auto count = static_cast<std::uint32_t>(pendingElements_.mark() - mark);
  return addExpr(ExprKind::List, list.span(), pendingElements_.moveTo(module_.elements, mark), count);
}

Element Lowering::lowerElement(syn::Elem elem) {
  Element element;
  element.span = elem.span();
  if (const auto branch = syn::as<syn::IfElem>(elem)) {
    element.kind = ElementKind::If;
    element.value = lowerExpr(branch.condition());
    element.then = addElement(lowerElement(branch.then()));
    if (const auto otherwise = branch.otherwise()) element.otherwise = addElement(lowerElement(otherwise));
  } else if (const auto loop = syn::as<syn::ForElem>(elem)) {
    element.kind = ElementKind::For;
    element.value = lowerExpr(loop.head().collection());
    const LocalScopes::Scope scope(scopes_);
    const auto variables = bindLoopVariables(loop.head());
    element.first = variables.first;
    element.second = variables.second;
    element.filter = lowerExprIfWritten(loop.head().condition());
    element.then = addElement(lowerElement(loop.body()));
  } else if (const auto spread = syn::as<syn::SpreadElem>(elem)) {
    element.kind = ElementKind::Spread;
    element.value = lowerExpr(spread.value());
  } else {
    element.value = lowerExpr(syn::as<syn::Expr>(elem));
  }
  return element;
}

std::uint32_t Lowering::addElement(const Element& element) {
  module_.elements.push_back(element);
  return static_cast<std::uint32_t>(module_.elements.size() - 1);
}

}  // namespace kdsl::hir
