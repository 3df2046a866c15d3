#include "hir/stored.hpp"

#include <cstring>
#include <type_traits>
#include <unordered_map>

namespace kdsl::hir {
namespace {

/// Calls `visit` with each array of the module that is stored, in the order of the bytes.
template <typename AnyModule, typename Visit>
void forEachArray(AnyModule& module, Visit visit) {
  visit(module.items);
  visit(module.children);
  visit(module.imports);
  visit(module.embeds);
  visit(module.exprs);
  visit(module.exprLists);
  visit(module.arguments);
  visit(module.arms);
  visit(module.elements);
  visit(module.locals);
  visit(module.ints);
  visit(module.floats);
  visit(module.bodies);
  visit(module.entries);
  visit(module.segments);
  visit(module.typeExprs);
  visit(module.typeLists);
  visit(module.nameParts);
  visit(module.bounds);
  visit(module.shapes);
  visit(module.fields);
  visit(module.oneofs);
}

/// Calls `visit` with each symbol that the module holds, to be read or changed in place.
template <typename Visit>
void forEachSymbol(Module& module, Visit visit) {
  const auto operand = [&](std::uint32_t& number) {
    Symbol symbol{number};
    visit(symbol);
    number = static_cast<std::uint32_t>(symbol);
  };
  for (auto& item : module.items) {
    visit(item.name);
    visit(item.doc);
    visit(item.deprecated);
    visit(item.message);
    visit(item.importedName);
  }
  for (auto& path : module.imports) visit(path.path);
  for (auto& path : module.embeds) visit(path.path);
  for (auto& expr : module.exprs) {
    switch (expr.kind) {
      case ExprKind::Unit:
      case ExprKind::String:
      case ExprKind::Name: operand(expr.a); break;
      case ExprKind::Local:
      case ExprKind::Field: operand(expr.b); break;
      default: break;
    }
  }
  for (auto& argument : module.arguments) visit(argument.name);
  for (auto& local : module.locals) visit(local.name);
  for (auto& segment : module.segments) visit(segment.name);
  for (auto& entry : module.entries) visit(entry.name);
  for (auto& type : module.typeExprs) {
    if (type.kind == TypeExprKind::String || type.kind == TypeExprKind::Unit) operand(type.a);
  }
  for (auto& bound : module.bounds) visit(bound.pattern);
  for (auto& part : module.nameParts) visit(part.name);
  for (auto& field : module.fields) {
    visit(field.name);
    visit(field.doc);
    visit(field.deprecated);
  }
}

class Writer {
 public:
  void number(std::uint32_t value) { bytes_.append(reinterpret_cast<const char*>(&value), sizeof value); }

  void text(std::string_view text) {
    number(static_cast<std::uint32_t>(text.size()));
    bytes_ += text;
  }

  template <typename T>
  void array(const std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    number(static_cast<std::uint32_t>(values.size()));
    for (auto value : values) {
#if __has_builtin(__builtin_clear_padding)
      __builtin_clear_padding(&value);  // equal modules give equal bytes
#endif
      bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
  }

  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  std::uint32_t number() {
    std::uint32_t value = 0;
    std::memcpy(&value, take(sizeof value), sizeof value);
    return value;
  }

  std::string_view text() {
    const auto size = number();
    return {take(size), size};
  }

  template <typename T>
  void array(std::vector<T>& values) {
    values.resize(number());
    if (!values.empty()) std::memcpy(values.data(), take(values.size() * sizeof(T)), values.size() * sizeof(T));
  }

 private:
  const char* take(std::size_t size) {
    const auto* at = rest_.data();
    rest_.remove_prefix(size);
    return at;
  }

  std::string_view rest_;
};

}  // namespace

std::string store(const Module& module) {
  // Symbols are numbers of this process; the bytes number the module's own texts from 0, in the order of first use.
  auto numbered = module;
  std::unordered_map<Symbol, std::uint32_t> numbers;
  std::vector<Symbol> texts;
  forEachSymbol(numbered, [&](Symbol& symbol) {
    const auto [known, isNew] = numbers.try_emplace(symbol, static_cast<std::uint32_t>(texts.size()));
    if (isNew) texts.push_back(symbol);
    symbol = Symbol{known->second};
  });

  Writer writer;
  writer.number(static_cast<std::uint32_t>(texts.size()));
  for (const auto symbol : texts) writer.text(base::text(symbol));
  writer.number(module.extends);
  forEachArray(numbered, [&](const auto& values) { writer.array(values); });
  return writer.take();
}

ModulePtr restore(std::string_view bytes, FileId file) {
  Reader reader(bytes);
  std::vector<Symbol> symbols(reader.number());
  for (auto& symbol : symbols) symbol = base::internStatic(reader.text());

  const auto module = std::make_shared<Module>();
  module->file = file;
  module->extends = reader.number();
  forEachArray(*module, [&](auto& values) { reader.array(values); });
  forEachSymbol(*module, [&](Symbol& symbol) { symbol = symbols[static_cast<std::uint32_t>(symbol)]; });
  return module;
}

}  // namespace kdsl::hir
