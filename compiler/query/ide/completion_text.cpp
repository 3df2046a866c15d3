// What a choice inserts: the value that a key's type calls for, with tab stops.
#include "query/ide/completer.hpp"
#include "query/ide/type_lookup.hpp"

namespace kdsl::query {

using types::TypeKind;

namespace {

bool isText(TypeKind kind) { return kind == TypeKind::String || kind == TypeKind::StringLiteral || kind == TypeKind::Sensitive; }

}  // namespace

std::string Completer::valueSnippet(TypeId type) const {
  if (!options_.snippets) return ": ";
  const auto& table = program_.types();
  const auto& node = table[table.underlying(type)];
  switch (node.kind) {
    case TypeKind::String:
    case TypeKind::StringLiteral:
    case TypeKind::Sensitive: return ": \"$0\"";
    case TypeKind::List:
    case TypeKind::Set: return ": [$0]";
    case TypeKind::Keyed:
      // One element by its key, where the key is a text.
      if (node.keys.size() == 1 && isText(table.kind(table.underlying(placeOf(program_, node.element, node.keys[0])))))
        return ": {\n\t${1:name}: {\n\t\t$0\n\t}\n}";
      return ": [{ $0 }]";
    case TypeKind::Map: return ": { $0 }";
    case TypeKind::Record: return ": { $0 }";
    case TypeKind::Nominal: {
      const auto& nominal = program_.nominal(node.nominal);
      const bool isRecord = !nominal.isKind() && (nominal.kind == types::NominalKind::Schema || nominal.kind == types::NominalKind::KubernetesPart);
      if (!isRecord) return ": $0";
      const auto required = requiredSnippet(nominal);
      return required == " { $0 }" ? ": {\n\t$0\n}" : ":" + required;
    }
    case TypeKind::Union: {
      bool allText = true;
      for (const auto branch : node.members) allText = allText && isText(table.kind(branch));
      return allText ? ": \"$0\"" : ": $0";
    }
    default: return ": $0";
  }
}

std::string Completer::requiredSnippet(const types::Nominal& nominal) const {
  std::string text = " {";
  unsigned stop = 0;
  const auto& table = program_.types();
  for (const auto& member : nominal.members) {
    if (!member.required || (member.kind != types::MemberKind::Param && member.kind != types::MemberKind::Field)) continue;
    const auto number = std::to_string(++stop);
    const auto quote = isText(table.kind(table.underlying(member.type))) ? "\"" : "";
    text += "\n\t" + std::string(base::text(member.name)) + ": " + quote + "$" + number + quote;
  }
  return stop == 0 ? " { $0 }" : text + "\n\t$0\n}";
}

}  // namespace kdsl::query
