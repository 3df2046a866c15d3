// Facts about single fields.
#include "kubernetes/packgen/facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

namespace kdsl::kubernetes::packgen {

namespace {

/// True when `name` (io.k8s.api.core.v1.Container) is what the tables call `key` (core.v1.Container).
bool isNamed(const ApiDefinition& definition, std::string_view key) {
  return definition.name.size() > key.size() && definition.name.ends_with(key) && definition.name[definition.name.size() - key.size() - 1] == '.';
}

std::optional<int64_t> parseInt(std::string_view text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// `Gt@1.35` is the value Gt since 1.35.
struct SinceValue {
  std::string value;
  int64_t since = 0;
};

SinceValue splitSince(const std::string& word) {
  const size_t mark = word.rfind("@1.");
  if (mark == std::string::npos) return {word, 0};
  return {word.substr(0, mark), parseInt(std::string_view(word).substr(mark + 3)).value_or(0)};
}

/// Calls `mark` for each `DEFINITION: field...`.
void forEachListedField(Model& model, std::span<const TableRow> rows, Errors& errors, const std::function<void(ApiField&)>& mark) {
  for (const TableRow& row : rows) {
    if (row.words.empty()) errors.push_back(fmt::format("{}: names no field", row.where));
    for (const std::string& field : row.words) {
      forEachField(model, {row.key + "." + field, {}, row.where}, errors, [&](ApiField& found, const Api&) { mark(found); });
    }
  }
}

}  // namespace

void forEachDefinition(Model& model, const TableRow& row, Errors& errors, const std::function<void(ApiDefinition&, const Api&)>& apply) {
  bool found = false;
  for (Api& api : model.apis) {
    for (auto& [name, definition] : api.definitions) {
      if (!isNamed(definition, row.key)) continue;
      found = true;
      apply(definition, api);
    }
  }
  if (!found) errors.push_back(fmt::format("{}: `{}` is a definition of no version", row.where, row.key));
}

void forEachField(Model& model, const TableRow& row, Errors& errors, const std::function<void(ApiField&, const Api&)>& apply) {
  const size_t dot = row.key.rfind('.');
  if (dot == std::string::npos) {
    errors.push_back(fmt::format("{}: `{}` names no field", row.where, row.key));
    return;
  }
  const std::string fieldName = row.key.substr(dot + 1);
  bool found = false;
  forEachDefinition(model, {row.key.substr(0, dot), {}, row.where}, errors, [&](ApiDefinition& definition, const Api& api) {
    if (ApiField* field = definition.field(fieldName)) {
      found = true;
      apply(*field, api);
    }
  });
  if (!found) errors.push_back(fmt::format("{}: `{}` is a field of no version", row.where, row.key));
}

void applyEnums(Model& model, std::span<const TableRow> rows, Errors& errors) {
  for (const TableRow& row : rows) {
    forEachField(model, row, errors, [&](ApiField& field, const Api& api) {
      if (field.type.innermost().tag() != TypeTag::String) errors.push_back(fmt::format("{}: `{}` is no string", row.where, row.key));
      if (!field.enumValues.empty()) errors.push_back(fmt::format("{}: `{}` has a row already", row.where, row.key));
      for (const std::string& word : row.words) {
        SinceValue value = splitSince(word);
        if (value.since <= api.minor) field.enumValues.push_back(std::move(value.value));
      }
      std::ranges::sort(field.enumValues);
      if (std::ranges::adjacent_find(field.enumValues) != field.enumValues.end()) {
        errors.push_back(fmt::format("{}: a value stands twice", row.where));
      }
    });
  }
}

void applyDefaults(Model& model, std::span<const TableRow> rows, Errors& errors) {
  for (const TableRow& row : rows) {
    if (row.words.size() != 1) {
      errors.push_back(fmt::format("{}: expected one value", row.where));
      continue;
    }
    const std::string& word = row.words[0];
    forEachField(model, row, errors, [&](ApiField& field, const Api&) {
      DefaultFact fact;
      const auto integer = parseInt(word);
      switch (field.type.tag()) {
        case TypeTag::Bool:
          fact = {DefaultValue::Kind::Bool, word == "true", {}};
          if (word != "true" && word != "false") errors.push_back(fmt::format("{}: expected true or false", row.where));
          break;
        case TypeTag::Int32:
        case TypeTag::Int64:
          if (!integer) errors.push_back(fmt::format("{}: expected an integer", row.where));
          fact = {DefaultValue::Kind::Int, integer.value_or(0), {}};
          break;
        case TypeTag::IntOrString:
          if (integer) {
            fact = {DefaultValue::Kind::Int, *integer, {}};
          } else {
            fact = {DefaultValue::Kind::String, 0, word};
          }
          break;
        case TypeTag::String:
          fact = {DefaultValue::Kind::String, 0, word};
          if (!field.enumValues.empty() && !std::ranges::binary_search(field.enumValues, word)) {
            errors.push_back(fmt::format("{}: `{}` is none of the field's values", row.where, word));
          }
          break;
        default:
          errors.push_back(fmt::format("{}: `{}` is no scalar", row.where, row.key));
      }
      field.defaultValue = std::move(fact);
    });
  }
}

void applyRanges(Model& model, std::span<const TableRow> rows, Errors& errors) {
  for (const TableRow& row : rows) {
    const auto low = row.words.empty() ? std::nullopt : parseInt(row.words[0]);
    const auto high = row.words.size() == 2 ? parseInt(row.words[1]) : std::nullopt;
    if (!low || row.words.size() > 2 || (row.words.size() == 2 && (!high || *high < *low))) {
      errors.push_back(fmt::format("{}: expected `low` or `low high`", row.where));
      continue;
    }
    forEachField(model, row, errors, [&](ApiField& field, const Api&) {
      const TypeTag tag = field.type.innermost().tag();
      if (tag != TypeTag::Int32 && tag != TypeTag::Int64 && tag != TypeTag::IntOrString) {
        errors.push_back(fmt::format("{}: `{}` is no integer", row.where, row.key));
      }
      const int64_t widest = tag == TypeTag::Int64 ? std::numeric_limits<int64_t>::max() : std::numeric_limits<int32_t>::max();
      field.range = IntRange{*low, high.value_or(widest)};
    });
  }
}

void applyReferences(Model& model, std::span<const TableRow> rows, Errors& errors) {
  for (const TableRow& row : rows) {
    if (row.words.size() != 1) {
      errors.push_back(fmt::format("{}: expected one kind", row.where));
      continue;
    }
    const bool isKind = std::ranges::any_of(model.apis, [&](const Api& api) {
      return std::ranges::any_of(api.definitions, [&](const auto& entry) {
        return entry.second.isCreatable && entry.second.shortName == row.words[0];
      });
    });
    if (!isKind) errors.push_back(fmt::format("{}: `{}` is a kind of no version", row.where, row.words[0]));
    forEachField(model, row, errors, [&](ApiField& field, const Api&) { field.referencedKind = row.words[0]; });
  }
}

void applyImmutable(Model& model, std::span<const TableRow> rows, Errors& errors) {
  forEachListedField(model, rows, errors, [](ApiField& field) { field.isImmutable = true; });
  for (Api& api : model.apis) {
    for (auto& [name, definition] : api.definitions) {
      for (ApiField& field : definition.fields) {
        if (field.doc.find("field is immutable") != std::string::npos) field.isImmutable = true;
      }
    }
  }
}

void applyServerOnly(Model& model, std::span<const TableRow> rows, Errors& errors) {
  forEachListedField(model, rows, errors, [](ApiField& field) { field.isServerOnly = true; });
  for (Api& api : model.apis) {
    for (auto& [name, definition] : api.definitions) {
      if (!definition.isKind || !definition.hasObjectMeta) continue;
      if (ApiField* status = definition.field("status")) status->isServerOnly = true;
    }
  }
}

void applySeconds(Model& model, std::span<const TableRow> rows, Errors& errors) {
  forEachListedField(model, rows, errors, [&](ApiField& field) {
    if (field.type.tag() != TypeTag::Int32 && field.type.tag() != TypeTag::Int64) {
      errors.push_back(fmt::format("seconds: `{}` is no integer", field.name));
    }
    field.isSeconds = true;
  });
  for (const Api& api : model.apis) {
    for (const auto& [name, definition] : api.definitions) {
      for (const ApiField& field : definition.fields) {
        const bool isInteger = field.type.tag() == TypeTag::Int32 || field.type.tag() == TypeTag::Int64;
        if (isInteger && !field.isSeconds && field.name.ends_with("Seconds")) {
          errors.push_back(fmt::format("1.{}: {}.{} is named like a number of seconds, and no row says so", api.minor, name, field.name));
        }
      }
    }
  }
}

}  // namespace kdsl::kubernetes::packgen
