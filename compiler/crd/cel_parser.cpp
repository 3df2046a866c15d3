// CEL by recursive descent, to a bounded depth.
#include <algorithm>
#include <array>

#include "crd/cel.hpp"

namespace kdsl::crd {
namespace {

constexpr int maxDepth = 100;
/// Chains of operators and selections nest to the left without depth of their own.
constexpr int maxLinks = 2000;

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isNameStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

void appendUtf8(std::string& out, std::uint32_t code) {
  const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | code >> 6);
    byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | code >> 12);
    byte(0x80 | (code >> 6 & 0x3F));
    byte(0x80 | (code & 0x3F));
  } else {
    byte(0xF0 | code >> 18);
    byte(0x80 | (code >> 12 & 0x3F));
    byte(0x80 | (code >> 6 & 0x3F));
    byte(0x80 | (code & 0x3F));
  }
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::optional<CelExpr> run() {
    auto expr = conditional();
    blanks();
    if (failed_ || at_ != text_.size()) return std::nullopt;
    return expr;
  }

 private:
  CelExpr fail() {
    failed_ = true;
    return {};
  }

  void blanks() {
    while (at_ < text_.size()) {
      if (std::string_view(" \t\r\n\f").find(text_[at_]) != std::string_view::npos) {
        ++at_;
      } else if (text_.substr(at_).starts_with("//")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        return;
      }
    }
  }

  bool take(std::string_view token) {
    blanks();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }

  /// An operator, unless it is the beginning of a longer one.
  bool takeOperator(std::string_view token) {
    blanks();
    const auto rest = text_.substr(at_);
    if (!rest.starts_with(token)) return false;
    const char next = rest.size() > token.size() ? rest[token.size()] : ' ';
    if ((token == "<" || token == ">" || token == "!") && next == '=') return false;
    at_ += token.size();
    return true;
  }

  bool takeWord(std::string_view word) {
    blanks();
    const auto rest = text_.substr(at_);
    if (!rest.starts_with(word) || (rest.size() > word.size() && (isNameStart(rest[word.size()]) || isDigit(rest[word.size()])))) return false;
    at_ += word.size();
    return true;
  }

  CelExpr conditional() {
    if (failed_ || ++depth_ > maxDepth) return fail();
    auto expr = either();
    if (!failed_ && take("?")) {
      CelExpr made{CelKind::Conditional, {}, false, {}};
      made.parts.push_back(std::move(expr));
      made.parts.push_back(either());
      if (!take(":")) return fail();
      made.parts.push_back(conditional());
      expr = std::move(made);
    }
    --depth_;
    return expr;
  }

  template <typename Operand>
  CelExpr chain(std::initializer_list<std::string_view> operators, Operand operand) {
    auto expr = operand();
    while (!failed_) {
      const auto found = std::find_if(operators.begin(), operators.end(), [&](std::string_view op) { return op == "in" ? takeWord(op) : takeOperator(op); });
      if (found == operators.end()) break;
      if (++links_ > maxLinks) return fail();
      CelExpr made{CelKind::Binary, std::string(*found), false, {}};
      made.parts.push_back(std::move(expr));
      made.parts.push_back(operand());
      expr = std::move(made);
    }
    return expr;
  }

  CelExpr either() {
    return chain({"||"}, [this] { return both(); });
  }
  CelExpr both() {
    return chain({"&&"}, [this] { return relation(); });
  }
  CelExpr relation() {
    return chain({"<=", ">=", "==", "!=", "<", ">", "in"}, [this] { return sum(); });
  }
  CelExpr sum() {
    return chain({"+", "-"}, [this] { return product(); });
  }
  CelExpr product() {
    return chain({"*", "/", "%"}, [this] { return unary(); });
  }

  CelExpr unary() {
    if (failed_ || ++depth_ > maxDepth) return fail();
    CelExpr expr;
    if (takeOperator("!") || takeOperator("-")) {
      expr.kind = text_[at_ - 1] == '!' ? CelKind::Not : CelKind::Negate;
      expr.parts.push_back(unary());
    } else {
      expr = member();
    }
    --depth_;
    return expr;
  }

  CelExpr member() {
    auto expr = primary();
    while (!failed_) {
      blanks();
      if (++links_ > maxLinks) return fail();
      if (text_.substr(at_).starts_with("[?") || text_.substr(at_).starts_with(".?")) return fail();
      if (take(".")) {
        CelExpr made{CelKind::Select, name(), false, {}};
        made.parts.push_back(std::move(expr));
        if (take("(")) {
          made.kind = CelKind::Call;
          made.isMethod = true;
          arguments(made, ")");
        }
        expr = std::move(made);
      } else if (take("[")) {
        CelExpr made{CelKind::Index, {}, false, {}};
        made.parts.push_back(std::move(expr));
        made.parts.push_back(conditional());
        if (!take("]")) return fail();
        expr = std::move(made);
      } else {
        return expr;
      }
    }
    return fail();
  }

  void arguments(CelExpr& into, std::string_view end) {
    if (take(end)) return;
    do {
      into.parts.push_back(conditional());
    } while (!failed_ && take(","));
    if (!take(end)) failed_ = true;
  }

  std::string name() {
    blanks();
    const auto begin = at_;
    while (at_ < text_.size() && (isNameStart(text_[at_]) || (at_ > begin && isDigit(text_[at_])))) ++at_;
    if (at_ == begin) failed_ = true;
    return std::string(text_.substr(begin, at_ - begin));
  }

  CelExpr primary() {
    blanks();
    if (at_ >= text_.size()) return fail();
    const char c = text_[at_];
    if (isDigit(c)) return number();
    if (c == '"' || c == '\'') return quoted(false);
    if ((c == 'r' || c == 'R') && at_ + 1 < text_.size() && (text_[at_ + 1] == '"' || text_[at_ + 1] == '\'')) {
      ++at_;
      return quoted(true);
    }
    if (take("(")) {
      auto expr = conditional();
      return take(")") ? expr : fail();
    }
    if (take("[")) {
      CelExpr list{CelKind::List, {}, false, {}};
      arguments(list, "]");
      return list;
    }
    if (!isNameStart(c)) return fail();
    CelExpr expr{CelKind::Name, name(), false, {}};
    if (expr.text == "true" || expr.text == "false") expr.kind = CelKind::Bool;
    if (expr.text == "null") expr.kind = CelKind::Null;
    if (expr.kind == CelKind::Name && take("(")) {
      expr.kind = CelKind::Call;
      arguments(expr, ")");
      if (expr.text == "has") {
        // Its argument is a selection, of which only the base is looked at.
        if (expr.parts.size() != 1 || expr.parts[0].kind != CelKind::Select) return fail();
        auto selected = std::move(expr.parts[0]);
        selected.kind = CelKind::Has;
        return selected;
      }
    }
    return expr;
  }

  CelExpr number() {
    const auto begin = at_;
    bool isFloat = false;
    while (at_ < text_.size() && isDigit(text_[at_])) ++at_;
    if (at_ + 1 < text_.size() && text_[at_] == '.' && isDigit(text_[at_ + 1])) {
      isFloat = true;
      for (++at_; at_ < text_.size() && isDigit(text_[at_]);) ++at_;
    }
    if (at_ < text_.size() && (isNameStart(text_[at_]) || text_[at_] == '.')) return fail();  // exponents, hexadecimal, unsigned
    return {isFloat ? CelKind::Float : CelKind::Int, std::string(text_.substr(begin, at_ - begin)), false, {}};
  }

  CelExpr quoted(bool raw) {
    const auto rest = text_.substr(at_);
    const bool triple = rest.size() >= 3 && rest[1] == rest[0] && rest[2] == rest[0];
    const auto quote = rest.substr(0, triple ? 3 : 1);
    at_ += quote.size();
    CelExpr expr{CelKind::Text, {}, false, {}};
    while (!text_.substr(at_).starts_with(quote)) {
      if (at_ >= text_.size()) return fail();
      if (text_[at_] == '\\' && !raw) {
        ++at_;
        if (!escape(expr.text)) return fail();
      } else {
        expr.text += text_[at_++];
      }
    }
    at_ += quote.size();
    return expr;
  }

  bool escape(std::string& out) {
    if (at_ >= text_.size()) return false;
    const char c = text_[at_++];
    static constexpr std::string_view letters = "abfnrtv\\'\"`?", values = "\a\b\f\n\r\t\v\\'\"`?";
    if (const auto found = letters.find(c); found != std::string_view::npos) {
      out += values[found];
      return true;
    }
    const std::size_t digits = c == 'x' || c == 'X' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits == 0 || at_ + digits > text_.size()) return false;
    std::uint32_t code = 0;
    for (std::size_t i = 0; i < digits; ++i, ++at_) {
      static constexpr std::string_view hex = "0123456789abcdef";
      const auto value = hex.find(static_cast<char>(text_[at_] >= 'A' && text_[at_] <= 'F' ? text_[at_] + 32 : text_[at_]));
      if (value == std::string_view::npos) return false;
      code = code << 4 | static_cast<std::uint32_t>(value);
    }
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
    appendUtf8(out, code);
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int links_ = 0;
  bool failed_ = false;
};

}  // namespace

std::optional<CelExpr> parseCel(std::string_view text) { return Parser(text).run(); }

bool mentionsOldSelf(const CelExpr& expr) {
  return (expr.kind == CelKind::Name && expr.text == "oldSelf") || std::any_of(expr.parts.begin(), expr.parts.end(), mentionsOldSelf);
}

}  // namespace kdsl::crd
