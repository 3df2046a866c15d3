// Types as a user would write them.
#include <fmt/format.h>

#include "types/table.hpp"

namespace kdsl::types {

namespace {

/// Enough to recognise a type in a message; deeper parts are shown as `…`.
constexpr int maxDepth = 6;
constexpr std::size_t maxFields = 8;
constexpr std::size_t maxMembers = 12;

bool isBareKey(std::string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  for (const char c : text) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!word) return false;
  }
  return true;
}

void appendQuoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      default: out += c;
    }
  }
  out += '"';
}

class Printer {
 public:
  Printer(const TypeTable& table, std::string& out) : table_(table), out_(out) {}

  void print(TypeId id, int depth) {
    if (depth > maxDepth) {
      out_ += "…";
      return;
    }
    const auto& node = table_[id];
    const bool ownSymbol = node.kind == TypeKind::StringLiteral || node.kind == TypeKind::Parameter;
    if (!ownSymbol && node.symbol != base::emptySymbol) {
      out_ += base::text(node.symbol);
      return;
    }
    switch (node.kind) {
      case TypeKind::Error: out_ += "?"; break;
      case TypeKind::Any: out_ += "any"; break;
      case TypeKind::Never: out_ += "nothing"; break;
      case TypeKind::Null: out_ += "null"; break;
      case TypeKind::Absent: out_ += "absent"; break;
      case TypeKind::Bool: out_ += "bool"; break;
      case TypeKind::Int: bounded("int", node.bounds); break;
      case TypeKind::Float: bounded("float", node.bounds); break;
      case TypeKind::String: bounded("string", node.bounds); break;
      case TypeKind::Quantity: bounded("Quantity", node.bounds); break;
      case TypeKind::Duration: bounded("Duration", node.bounds); break;
      case TypeKind::Seconds: bounded("Seconds", node.bounds); break;
      case TypeKind::BoolLiteral: out_ += node.integer != 0 ? "true" : "false"; break;
      case TypeKind::IntLiteral: out_ += std::to_string(node.integer); break;
      case TypeKind::FloatLiteral: out_ += fmt::format("{}", node.number); break;
      case TypeKind::StringLiteral: appendQuoted(out_, base::text(node.symbol)); break;
      case TypeKind::Optional: suffixed(node.element, depth); out_ += '?'; break;
      case TypeKind::List: listOf(node.element, depth); bounded("", node.bounds); break;
      case TypeKind::Keyed: listOf(node.element, depth); keys(node.keys); break;
      case TypeKind::Set: listOf(node.element, depth); out_ += " set"; break;
      case TypeKind::Map: mapOf(node.key, node.element, depth); break;
      case TypeKind::Record: record(node, depth); break;
      case TypeKind::Nominal: out_ += base::text(table_.nominalName(node.nominal)); break;
      case TypeKind::Ref: out_ += "ref "; print(node.element, depth + 1); break;
      case TypeKind::Union: unionOf(node, depth); break;
      case TypeKind::Where: print(node.element, depth + 1); break;
      case TypeKind::AnyResource: out_ += "Resource"; break;
      case TypeKind::AnyNamespaced: out_ += "Namespaced"; break;
      case TypeKind::Sensitive: out_ += "Sensitive"; break;
      case TypeKind::Function: function(node, depth); break;
      case TypeKind::Parameter: out_ += base::text(node.symbol); break;
    }
  }

 private:
  void bounded(std::string_view name, const Bounds& bounds) {
    out_ += name;
    if (bounds.empty()) return;
    out_ += '(';
    bool first = true;
    const auto separate = [&] {
      if (!first) out_ += ", ";
      first = false;
    };
    if (bounds.low || bounds.high) {
      separate();
      if (bounds.low) out_ += std::to_string(*bounds.low);
      out_ += "..";
      if (bounds.high) out_ += std::to_string(*bounds.high);
    }
    if (bounds.lowNumber || bounds.highNumber) {
      separate();
      if (bounds.lowNumber) out_ += fmt::format("{}", *bounds.lowNumber);
      out_ += "..";
      if (bounds.highNumber) out_ += fmt::format("{}", *bounds.highNumber);
    }
    if (bounds.lowUnit != base::emptySymbol || bounds.highUnit != base::emptySymbol) {
      separate();
      out_ += base::text(bounds.lowUnit);
      out_ += "..";
      out_ += base::text(bounds.highUnit);
    }
    for (const auto pattern : bounds.patterns) {
      separate();
      out_ += "r\"";
      out_ += base::text(pattern);
      out_ += '"';
    }
    out_ += ')';
  }

  /// A type in front of `?`: unions and refs need parentheses.
  void suffixed(TypeId id, int depth) {
    const auto& node = table_[id];
    const bool wrap = node.kind == TypeKind::Union && node.symbol == base::emptySymbol;
    if (wrap) out_ += '(';
    print(id, depth + 1);
    if (wrap) out_ += ')';
  }

  void listOf(TypeId element, int depth) {
    out_ += '[';
    print(element, depth + 1);
    out_ += ']';
  }

  void keys(const std::vector<Symbol>& names) {
    out_ += " by ";
    if (names.size() == 1) {
      out_ += base::text(names[0]);
      return;
    }
    out_ += '(';
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (i != 0) out_ += ", ";
      out_ += base::text(names[i]);
    }
    out_ += ')';
  }

  void mapOf(TypeId key, TypeId element, int depth) {
    out_ += "{[";
    print(key, depth + 1);
    out_ += "]: ";
    print(element, depth + 1);
    out_ += '}';
  }

  void record(const TypeNode& node, int depth) {
    if (node.fields.empty() && !node.open) {
      out_ += "{}";
      return;
    }
    out_ += "{ ";
    std::size_t shown = 0;
    for (const auto& field : node.fields) {
      if (shown != 0) out_ += ", ";
      if (shown++ == maxFields) {
        out_ += "…";
        break;
      }
      const auto name = base::text(field.name);
      if (isBareKey(name)) {
        out_ += name;
      } else {
        appendQuoted(out_, name);
      }
      out_ += ": ";
      print(field.type, depth + 1);
    }
    if (node.open) {
      if (shown != 0) out_ += ", ";
      out_ += '[';
      print(node.key, depth + 1);
      out_ += "]: ";
      print(node.element, depth + 1);
    }
    out_ += " }";
  }

  void unionOf(const TypeNode& node, int depth) {
    std::size_t shown = 0;
    for (const auto member : node.members) {
      if (shown != 0) out_ += " | ";
      if (shown++ == maxMembers) {
        out_ += "…";
        break;
      }
      print(member, depth + 1);
    }
  }

  void function(const TypeNode& node, int depth) {
    out_ += '(';
    for (std::size_t i = 0; i < node.members.size(); ++i) {
      if (i != 0) out_ += ", ";
      print(node.members[i], depth + 1);
    }
    out_ += ") => ";
    print(node.element, depth + 1);
  }

  const TypeTable& table_;
  std::string& out_;
};

}  // namespace

std::string TypeTable::print(TypeId id) const {
  std::string out;
  Printer(*this, out).print(id, 0);
  return out;
}

}  // namespace kdsl::types
