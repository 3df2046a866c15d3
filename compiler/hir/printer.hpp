#pragma once
// The text form of lowered code, for dumps: kdsl without sugar, with every operation in parentheses and locals marked by `%`.
#include <string>

#include "hir/module.hpp"

namespace kdsl::hir {

/// Appends to one string. A construct that spans lines is indented under the line that it begins on.
class Printer {
 public:
  explicit Printer(const Module& module) : module_(module) {}

  /// Nothing for none.
  void expr(ExprId id);
  void type(TypeExprId id);
  void body(BodyId id);
  void shape(ShapeId id);
  void qualifiedName(const QualifiedName& name);
  void params(const Item& fn);
  void quoted(Symbol text);

  void text(std::string_view text) { out_ += text; }
  void name(Symbol name) { out_ += base::text(name); }
  void number(std::uint64_t value) { out_ += std::to_string(value); }
  /// Begins a line.
  void line() {
    if (!out_.empty()) out_ += '\n';
    out_.append(indent_ * 2, ' ');
  }
  void indent() { ++indent_; }
  void outdent() { --indent_; }
  std::string take() {
    if (!out_.empty()) out_ += '\n';
    return std::move(out_);
  }

 private:
  void local(LocalId id);
  void callArguments(const Expr& call);
  void match(const Expr& expr);
  void lambda(const Expr& expr);
  void interpolation(const Expr& expr);
  void elements(const Expr& list);
  void element(const Element& element);
  void floatNumber(double value);
  void bound(const Bound& bound);
  void loopHead(LocalId first, LocalId second, ExprId collection, ExprId filter);
  void entry(const Entry& entry);
  void path(const Entry& entry);
  void field(const Field& field);
  void keys(std::uint32_t first, std::uint32_t count);
  void typeList(std::uint32_t first, std::uint32_t count);

  const Module& module_;
  std::string out_;
  std::size_t indent_ = 0;
};

}  // namespace kdsl::hir
