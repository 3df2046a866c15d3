// Params from outside: the text of `-p name=text` read by the param's type, as the outermost layer of the root.
#include <fmt/format.h>

#include <charconv>

#include "base/near_name.hpp"
#include "codec/read.hpp"
#include "diag/codes/evaluation.hpp"
#include "eval/evaluator.hpp"
#include "eval/provenance_reader.hpp"

namespace kdsl::eval {

namespace code = diag::code;
using types::TypeKind;

void Evaluator::addParameters(Place* root, std::span<const Parameter> parameters) {
  const auto* nominal = nominalOf(root->type);
  if (nominal == nullptr || parameters.empty()) return;
  std::vector<TableEntry> entries;
  // Of an argument `name=text` the name, or the text.
  const auto nameOf = [&](const Parameter& parameter) {
    auto at = parameter.at;
    if (base::valid(at.file) && at.file == inputs_.commandLine()) at.span.end = at.span.begin + static_cast<std::uint32_t>(parameter.name.size());
    return at;
  };
  const auto textOf = [&](const Parameter& parameter, const types::Member& member) {
    auto at = parameter.at;
    if (!base::valid(at.file) || ProvenanceReader(*this).mayHide(member.type)) return source::Location{};
    if (at.file == inputs_.commandLine()) at.span.begin += static_cast<std::uint32_t>(parameter.name.size() + 1);
    return at;
  };
  for (const auto& parameter : parameters) {
    const auto* member = nominal->find(base::findSymbol(parameter.name));
    if (member == nullptr || member->kind != types::MemberKind::Param) {
      std::vector<std::string_view> names;
      for (const auto& candidate : nominal->members) {
        if (candidate.kind == types::MemberKind::Param) names.push_back(base::text(candidate.name));
      }
      auto& diagnostic = report(code::unknown_param, nameOf(parameter), {parameter.name});
      if (const auto near = base::nearest(parameter.name, names); !near.empty()) {
        const auto words = fmt::format("did you mean `{}`?", near);
        if (base::valid(parameter.at.file)) {
          diagnostic.label(words);
        } else {
          diagnostic.note(words);
        }
      }
      std::string list;
      for (const auto name : names) list += fmt::format("{}`{}`", list.empty() ? "" : ", ", name);
      diagnostic.note(names.empty() ? "the file has no params" : fmt::format("its params are {}", list));
      continue;
    }
    if (parameter.value != nullptr) {  // its type is checked where it is read
      entries.push_back({member->name, fromData(*parameter.value, base::none<source::FileId>), parameter.at});
      continue;
    }
    const auto value = parameterValue(parameter.text, member->type);
    if (value.isError()) {
      report(code::bad_param, textOf(parameter, *member), {parameter.name, types().print(member->type), ProvenanceReader(*this).mayHide(member->type) ? "…" : parameter.text}).also(member->declared, "declared here");
      continue;
    }
    entries.push_back({member->name, value, textOf(parameter, *member)});
  }
  Contribution contribution;
  contribution.setTable(arena_.copy(std::span<const TableEntry>(entries)));
  contribution.body = nextBody_++;
  push(root, contribution);
}

/// Reads text by type. Lists, maps and records are JSON or YAML; a union takes the first branch that the text fits.
Value Evaluator::parameterValue(std::string_view text, TypeId type) {
  const auto& node = types()[types().underlying(type)];
  const auto kept = std::string_view(arena_.copy(text));
  switch (node.kind) {
    case TypeKind::String:
    case TypeKind::StringLiteral:
    case TypeKind::Any: return Value::string(kept);
    case TypeKind::Bool:
    case TypeKind::BoolLiteral:
      if (text == "true" || text == "false") return Value::boolean(text == "true");
      return Value::error();
    case TypeKind::Int:
    case TypeKind::IntLiteral: {
      std::int64_t number = 0;
      const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
      return result.ec == std::errc{} && result.ptr == text.data() + text.size() ? Value::integer(number) : Value::error();
    }
    case TypeKind::Float:
    case TypeKind::FloatLiteral: {
      double number = 0;
      const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
      return result.ec == std::errc{} && result.ptr == text.data() + text.size() ? Value::floating(number) : Value::error();
    }
    case TypeKind::Quantity: {
      const auto quantity = units::Quantity::parse(text);
      return quantity ? Value::quantity(arena_, *quantity) : Value::error();
    }
    case TypeKind::Duration:
    case TypeKind::Seconds: {
      if (node.kind == TypeKind::Seconds) {
        std::int64_t number = 0;
        const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
        if (result.ec == std::errc{} && result.ptr == text.data() + text.size()) return Value::integer(number);
      }
      const auto duration = units::Duration::parse(text);
      return duration ? Value::duration(*duration) : Value::error();
    }
    case TypeKind::Union: {
      const auto members = node.members;
      for (const auto member : members) {
        const auto value = parameterValue(text, member);
        if (!value.isError() && hasType(value, member)) return value;
      }
      for (const auto member : members) {
        if (const auto value = parameterValue(text, member); !value.isError()) return value;
      }
      return Value::error();
    }
    default: break;
  }
  const auto parsed = codec::readYaml(kept);
  if (!parsed.ok() || parsed.documents.size() != 1) return Value::error();
  return fromData(parsed.documents[0], base::none<source::FileId>);
}

}  // namespace kdsl::eval
