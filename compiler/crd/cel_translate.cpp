// CEL to kdsl: the same operators under other names. What is known of types decides only where the two languages differ: maps, sets, defaults.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "crd/cel.hpp"
#include "crd/literals.hpp"
#include "syntax/token.hpp"

namespace kdsl::crd {
namespace {

/// How tightly a written expression binds, weakest first.
enum Binding : int { Loose, Or, And, Compare, Sum, Product, Unary, Postfix };

struct Written {
  std::string text;
  Binding binding = Postfix;
  std::optional<SchemaId> type;   // if it is known
  std::optional<bool> constant;   // true or false whatever the object
};

struct Operator {
  std::string_view cel, kdsl;
  Binding binding;
};
constexpr auto operators = std::to_array<Operator>({{"||", "||", Or},
                                                    {"&&", "&&", And},
                                                    {"==", "==", Compare},
                                                    {"!=", "!=", Compare},
                                                    {"<", "<", Compare},
                                                    {"<=", "<=", Compare},
                                                    {">", ">", Compare},
                                                    {">=", ">=", Compare},
                                                    {"in", "in", Compare},
                                                    {"+", "+", Sum},
                                                    {"-", "-", Sum},
                                                    {"*", "*", Product}});

struct Method {
  std::string_view cel, kdsl;
  std::size_t leastArguments, mostArguments;
};
/// Methods of texts and lists that mean the same.
constexpr auto methods = std::to_array<Method>({{"startsWith", "startsWith", 1, 1},
                                                {"endsWith", "endsWith", 1, 1},
                                                {"contains", "contains", 1, 1},
                                                {"lowerAscii", "lower", 0, 0},
                                                {"upperAscii", "upper", 0, 0},
                                                {"trim", "trim", 0, 0},
                                                {"split", "split", 1, 1},
                                                {"substring", "slice", 1, 2},
                                                {"replace", "replace", 2, 2},
                                                {"join", "join", 0, 1},
                                                {"size", "len", 0, 0}});

class Translator {
 public:
  Translator(const std::string& self, SchemaId type, const SchemaTable& table) : table_(table) { names_.emplace("self", Written{self, Postfix, type, std::nullopt}); }

  std::optional<std::string> run(const CelExpr& expr) {
    auto made = translate(expr);
    if (failed_ || made.constant) return std::nullopt;  // what always or never holds says nothing of an object
    return std::move(made.text);
  }

 private:
  Written fail() {
    failed_ = true;
    return {};
  }

  static Written constant(bool value) { return {value ? "true" : "false", Postfix, std::nullopt, value}; }

  static std::string bound(const Written& part, Binding least) { return part.binding < least ? "(" + part.text + ")" : part.text; }

  const Schema* schemaOf(const Written& part) const { return part.type ? &table_[*part.type] : nullptr; }

  Written translate(const CelExpr& expr) {
    if (failed_) return {};
    switch (expr.kind) {
      case CelKind::Name: return name(expr.text);
      case CelKind::Int:
      case CelKind::Float: return {expr.text, Postfix, std::nullopt, std::nullopt};
      case CelKind::Text: return {textLiteral(expr.text), Postfix, std::nullopt, std::nullopt};
      case CelKind::Bool: return constant(expr.text == "true");
      case CelKind::Null: return {"null", Postfix, std::nullopt, std::nullopt};
      case CelKind::List: return list(expr);
      case CelKind::Select: return select(expr);
      case CelKind::Has: return has(expr);
      case CelKind::Index: return index(expr);
      case CelKind::Call: return expr.isMethod ? method(expr) : function(expr);
      case CelKind::Not: return negated(translate(expr.parts[0]));
      case CelKind::Negate: return {"-" + bound(translate(expr.parts[0]), Unary), Unary, std::nullopt, std::nullopt};
      case CelKind::Binary: return binary(expr);
      case CelKind::Conditional: return conditional(expr);
    }
    return fail();
  }

  Written name(const std::string& text) {
    const auto found = names_.find(text);
    return found == names_.end() ? fail() : found->second;
  }

  Written list(const CelExpr& expr) {
    std::string text = "[";
    for (const auto& item : expr.parts) {
      if (&item != &expr.parts.front()) text += ", ";
      text += translate(item).text;
    }
    return {text + "]", Postfix, std::nullopt, std::nullopt};
  }

  /// CEL writes names that are its own words, and characters that no name has, between underscores.
  static std::string fieldName(std::string_view written) {
    static constexpr std::pair<std::string_view, std::string_view> marks[] = {{"__underscores__", "__"}, {"__dot__", "."}, {"__dash__", "-"}, {"__slash__", "/"}};
    std::string text(written);
    if (text.size() > 4 && text.starts_with("__") && text.ends_with("__")) {
      const auto word = text.substr(2, text.size() - 4);
      if (word.find("__") == std::string::npos && word != "dot" && word != "dash" && word != "slash" && word != "underscores") return word;
    }
    for (const auto& [mark, meant] : marks) {
      for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + meant.size())) text.replace(at, mark.size(), meant);
    }
    return text;
  }

  const Field* fieldOf(const Written& base, const std::string& name) const {
    const auto* schema = schemaOf(base);
    if (schema == nullptr || schema->form != Form::Object) return nullptr;
    const auto found = std::find_if(schema->fields.begin(), schema->fields.end(), [&](const Field& field) { return field.name == name; });
    return found == schema->fields.end() ? nullptr : &*found;
  }

  Written select(const CelExpr& expr) {
    const auto base = translate(expr.parts[0]);
    const auto field = fieldName(expr.text);
    if (failed_ || !isIdentifier(field)) return fail();
    Written made{bound(base, Postfix) + "." + field, Postfix, std::nullopt, std::nullopt};
    if (const auto* known = fieldOf(base, field)) made.type = known->type;
    if (const auto* schema = schemaOf(base); schema != nullptr && schema->form == Form::Map) made.type = schema->element;
    return made;
  }

  /// Rules see an object with the server's defaults in it, so what has one is always there.
  Written has(const CelExpr& expr) {
    const auto base = translate(expr.parts[0]);
    const auto field = fieldName(expr.text);
    if (failed_ || !isIdentifier(field)) return fail();
    if (const auto* known = fieldOf(base, field); known != nullptr && (known->required || known->standard)) return constant(true);
    return {bound(base, Postfix) + "." + field + "?", Postfix, std::nullopt, std::nullopt};
  }

  Written index(const CelExpr& expr) {
    const auto base = translate(expr.parts[0]);
    const auto* schema = schemaOf(base);
    if (failed_ || (schema != nullptr && (schema->form == Form::Object || schema->listKind != ListKind::Atomic))) return fail();
    Written made{bound(base, Postfix) + "[" + translate(expr.parts[1]).text + "]", Postfix, std::nullopt, std::nullopt};
    if (schema != nullptr && (schema->form == Form::List || schema->form == Form::Map)) made.type = schema->element;
    return made;
  }

  Written negated(Written part) {
    if (part.constant) return constant(!*part.constant);
    return {"!" + bound(part, Postfix), Unary, std::nullopt, std::nullopt};
  }

  Written joined(const Written& left, const Written& right, bool isAnd) {
    // `true && x` is x, `false && x` is false; `||` the other way round.
    if (left.constant) return *left.constant == isAnd ? right : left;
    if (right.constant) return *right.constant == isAnd ? left : right;
    const auto binding = isAnd ? And : Or;
    return {bound(left, binding) + (isAnd ? " && " : " || ") + bound(right, binding), binding, std::nullopt, std::nullopt};
  }

  Written binary(const CelExpr& expr) {
    const auto found = std::find_if(operators.begin(), operators.end(), [&](const Operator& op) { return op.cel == expr.text; });
    if (found == operators.end()) return fail();
    const auto left = translate(expr.parts[0]);
    const auto right = translate(expr.parts[1]);
    if (failed_) return {};
    if (found->binding == And || found->binding == Or) return joined(left, right, found->binding == And);
    if (left.constant && right.constant) return fail();
    if (expr.text == "in") {
      if (const auto* schema = schemaOf(right); schema != nullptr && schema->form == Form::Map) return {bound(right, Postfix) + ".has(" + left.text + ")", Postfix, std::nullopt, std::nullopt};
    }
    const auto inner = static_cast<Binding>(found->binding + 1);
    const bool isChain = found->binding == Sum || found->binding == Product;
    return {bound(left, isChain ? found->binding : inner) + " " + std::string(found->kdsl) + " " + bound(right, inner), found->binding, std::nullopt, std::nullopt};
  }

  /// `c ? a : b`; with a constant branch it is `&&` or `||`, which narrows the rest.
  Written conditional(const CelExpr& expr) {
    const auto condition = translate(expr.parts[0]);
    const auto yes = translate(expr.parts[1]);
    const auto no = translate(expr.parts[2]);
    if (failed_) return {};
    if (condition.constant) return *condition.constant ? yes : no;
    if (no.constant) return *no.constant ? joined(negated(condition), yes, false) : joined(condition, yes, true);
    if (yes.constant) return *yes.constant ? joined(condition, no, false) : joined(negated(condition), no, true);
    return {"if (" + condition.text + ") " + yes.text + " else " + no.text, Loose, std::nullopt, std::nullopt};
  }

  Written function(const CelExpr& expr) {
    if (expr.text == "size" && expr.parts.size() == 1) return {bound(translate(expr.parts[0]), Postfix) + ".len()", Postfix, std::nullopt, std::nullopt};
    return fail();
  }

  Written method(const CelExpr& expr) {
    const auto& name = expr.text;
    const auto arguments = expr.parts.size() - 1;
    if (name == "all" || name == "exists" || name == "exists_one" || name == "filter") return macro(expr);
    if (name == "matches" && arguments == 1 && expr.parts[1].kind == CelKind::Text) {
      // Anywhere in the text, as CEL has it.
      return {bound(translate(expr.parts[0]), Postfix) + ".find(" + rawLiteral(expr.parts[1].text) + ")?", Postfix, std::nullopt, std::nullopt};
    }
    const auto found = std::find_if(methods.begin(), methods.end(), [&](const Method& each) { return each.cel == name; });
    if (found == methods.end() || arguments < found->leastArguments || arguments > found->mostArguments) return fail();
    auto text = bound(translate(expr.parts[0]), Postfix) + "." + std::string(found->kdsl) + "(";
    for (std::size_t i = 1; i <= arguments; ++i) text += (i == 1 ? "" : ", ") + translate(expr.parts[i]).text;
    return {text + ")", Postfix, std::nullopt, std::nullopt};
  }

  /// `xs.all(x, condition)` and its like: of the keys, for maps.
  Written macro(const CelExpr& expr) {
    if (expr.parts.size() != 3 || expr.parts[1].kind != CelKind::Name || expr.parts[1].text == "self") return fail();
    auto over = translate(expr.parts[0]);
    const auto* schema = schemaOf(over);
    const bool isMap = schema != nullptr && schema->form == Form::Map;
    const bool isSet = schema != nullptr && schema->listKind == ListKind::Set;
    auto variable = expr.parts[1].text;
    if (syntax::isReserved(syntax::wordKind(variable))) variable += '_';
    Written bindingOf{variable, Postfix, std::nullopt, std::nullopt};
    if (schema != nullptr && schema->form == Form::List) bindingOf.type = schema->element;
    const auto outer = names_;
    names_[expr.parts[1].text] = bindingOf;
    const auto condition = translate(expr.parts[2]);
    names_ = outer;
    if (failed_) return {};
    const auto list = bound(over, Postfix);
    const auto lambda = "(" + (isMap ? "(" + variable + ", _) => " : variable + " => ") + condition.text + ")";
    if (condition.constant) return expr.text == "all" && *condition.constant ? constant(true) : fail();
    if (expr.text == "all") return {list + ".all" + lambda, Postfix, std::nullopt, std::nullopt};
    if (expr.text == "exists") return {list + ".any" + lambda, Postfix, std::nullopt, std::nullopt};
    if (isMap) return expr.text == "exists_one" ? Written{list + ".count" + lambda + " == 1", Compare, std::nullopt, std::nullopt} : fail();
    if (expr.text == "exists_one") return {list + (isSet ? ".toList()" : "") + ".count" + lambda + " == 1", Compare, std::nullopt, std::nullopt};
    return {list + ".filter" + lambda, Postfix, over.type, std::nullopt};
  }

  const SchemaTable& table_;
  std::map<std::string, Written> names_;
  bool failed_ = false;
};

}  // namespace

std::optional<std::string> translateCel(const CelExpr& expr, const std::string& self, SchemaId type, const SchemaTable& table) {
  return Translator(self, type, table).run(expr);
}

}  // namespace kdsl::crd
