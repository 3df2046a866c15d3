// Reads the signatures of builtins.def: the types of kdsl, with type variables and function types.
#include <cctype>

#include "types/builtins.hpp"

namespace kdsl::types {

namespace {

class SignatureParser {
 public:
  SignatureParser(TypeTable& table, std::string_view text) : table_(table), text_(text) {}

  BuiltinSignature parse(Receiver receiver) {
    BuiltinSignature signature;
    signature.receiver = receiverType(receiver);
    expect('(');
    while (ok_ && !accept(')')) {
      auto parameter = parseParameter();
      if (receiver != Receiver::Function && signature.parameters.empty() && parameter.name == base::intern("self")) {
        signature.receiver = parameter.type;
      } else {
        signature.parameters.push_back(parameter);
      }
      if (!accept(',') && peek() != ')') ok_ = false;
    }
    expect(':');
    signature.result = parseUnion();
    skipBlanks();
    if (at_ != text_.size()) ok_ = false;
    return signature;
  }

  bool ok() const { return ok_; }

 private:
  TypeId receiverType(Receiver receiver) {
    switch (receiver) {
      case Receiver::Function: return errorType;
      case Receiver::Bool: return boolType;
      case Receiver::String: return stringType;
      case Receiver::Int: return intType;
      case Receiver::Float: return floatType;
      case Receiver::Quantity: return quantityType;
      case Receiver::Duration: return durationType;
      case Receiver::List: return table_.list(variable("T"));
      case Receiver::Set: return table_.set(variable("T"));
      case Receiver::Map: return table_.map(variable("K"), variable("V"));
      case Receiver::Any: return variable("T");
    }
    return errorType;
  }

  BuiltinParameter parseParameter() {
    BuiltinParameter parameter;
    parameter.variadic = acceptText("...");
    const auto name = word();
    if (name == "type" && peek() != ':') {
      parameter.isType = true;
      const auto variableName = word();
      parameter.name = base::intern(variableName);
      parameter.type = variable(variableName);
      return parameter;
    }
    parameter.name = base::intern(name);
    expect(':');
    parameter.type = parseUnion();
    if (accept('=')) {
      parameter.optional = true;
      skipDefault();
    }
    return parameter;
  }

  /// A default is shown, not read: it ends at a comma or parenthesis outside of brackets and texts.
  void skipDefault() {
    int depth = 0;
    bool quoted = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (quoted) {
        quoted = c != '"';
      } else if (c == '"') {
        quoted = true;
      } else if (c == '(' || c == '[' || c == '{') {
        ++depth;
      } else if (depth == 0 && (c == ',' || c == ')')) {
        return;
      } else if (c == ')' || c == ']' || c == '}') {
        --depth;
      }
    }
  }

  TypeId parseUnion() {
    std::vector<TypeId> members{parsePostfix()};
    while (ok_ && accept('|')) members.push_back(parsePostfix());
    return members.size() == 1 ? members[0] : table_.unite(members);
  }

  TypeId parsePostfix() {
    auto type = parsePrimary();
    for (;;) {
      if (accept('?')) {
        type = table_.optional(type);
      } else if (table_.kind(type) == TypeKind::List && acceptText("set")) {
        type = table_.set(table_[type].element);
      } else {
        return type;
      }
    }
  }

  TypeId parsePrimary() {
    if (++depth_ > 32) ok_ = false;
    if (!ok_) return errorType;
    const struct Leave {
      int& depth;
      ~Leave() { --depth; }
    } leave{depth_};
    if (accept('[')) {
      const auto element = parseUnion();
      expect(']');
      return table_.list(element);
    }
    if (accept('{')) return parseBraces();
    if (accept('(')) return parseFunction();
    if (peek() == '"') {
      ++at_;
      const auto end = text_.find('"', at_);
      if (end == std::string_view::npos) return fail();
      const auto literal = text_.substr(at_, end - at_);
      at_ = end + 1;
      return table_.stringLiteral(base::intern(literal));
    }
    return named(word());
  }

  TypeId parseBraces() {
    if (accept('[')) {
      const auto key = parseUnion();
      expect(']');
      expect(':');
      const auto element = parseUnion();
      expect('}');
      return table_.map(key, element);
    }
    TypeNode record;
    record.kind = TypeKind::Record;
    while (ok_ && !accept('}')) {
      const auto name = base::intern(word());
      expect(':');
      record.fields.push_back({name, parseUnion()});
      accept(',');
    }
    return table_.intern(std::move(record));
  }

  /// Behind `(`: a function type, or a type in parentheses.
  TypeId parseFunction() {
    std::vector<TypeId> parameters;
    while (ok_ && !accept(')')) {
      parameters.push_back(parseUnion());
      accept(',');
    }
    if (!acceptText("=>")) return parameters.size() == 1 ? parameters[0] : fail();
    TypeNode function;
    function.kind = TypeKind::Function;
    function.members = std::move(parameters);
    function.element = parseUnion();
    return table_.intern(std::move(function));
  }

  TypeId named(std::string_view name) {
    if (name.size() == 1 && std::isupper(static_cast<unsigned char>(name[0])) != 0) return variable(name);
    struct Named {
      std::string_view name;
      TypeId type;
    };
    static constexpr Named known[] = {{"any", anyType},           {"bool", boolType},         {"int", intType},          {"float", floatType}, {"string", stringType}, {"Quantity", quantityType},
                                      {"Duration", durationType}, {"Seconds", secondsType},   {"Resource", resourceType}, {"null", nullType},  {"absent", absentType}};
    for (const auto& entry : known) {
      if (entry.name == name) return entry.type;
    }
    return fail();
  }

  TypeId variable(std::string_view name) {
    TypeNode node;
    node.kind = TypeKind::Parameter;
    node.symbol = base::intern(name);
    return table_.intern(std::move(node));
  }

  std::string_view word() {
    skipBlanks();
    const auto begin = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_')) ++at_;
    if (begin == at_) ok_ = false;
    return text_.substr(begin, at_ - begin);
  }

  void skipBlanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  char peek() {
    skipBlanks();
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool accept(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  bool acceptText(std::string_view wanted) {
    skipBlanks();
    if (!text_.substr(at_).starts_with(wanted)) return false;
    at_ += wanted.size();
    return true;
  }
  void expect(char c) {
    if (!accept(c)) ok_ = false;
  }
  TypeId fail() {
    ok_ = false;
    return errorType;
  }

  TypeTable& table_;
  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool ok_ = true;
};

}  // namespace

BuiltinSignature parseSignature(TypeTable& table, Receiver receiver, std::string_view signature, bool& ok) {
  SignatureParser parser(table, signature);
  auto result = parser.parse(receiver);
  ok = parser.ok();
  return result;
}

}  // namespace kdsl::types
