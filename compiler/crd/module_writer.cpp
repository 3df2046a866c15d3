#include "crd/module_writer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "crd/literals.hpp"
#include "crd/type_text.hpp"

namespace kdsl::crd {
namespace {

class Writer {
 public:
  Writer(std::span<const KindDefinition> kinds, const Names& names, const SchemaTable& table, const std::set<Claim>& withdrawn)
      : kinds_(kinds), names_(names), table_(table), types_(table, names), withdrawn_(withdrawn) {}

  ModuleText run() {
    header();
    for (std::uint32_t i = 0; i < names_.all().size(); ++i) schema(i);
    return std::move(out_);
  }

 private:
  void line(std::string_view text, Claim claim = {}) {
    if (!text.empty()) out_.text.append(indent_, ' ');
    out_.text += text;
    out_.text += '\n';
    out_.claims.push_back(claim);
  }

  void header() {
    std::vector<std::string> versions;
    for (const auto& kind : kinds_) versions.push_back(kind.group + "/" + kind.version);
    versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
    std::string list;
    for (const auto& version : versions) list += (list.empty() ? "" : ", ") + version;
    line("// The kinds of " + list + ".");
    line("// Written by `kdsl import`: import it anew rather than edit it.");
  }

  void doc(std::string_view text) {
    while (text.ends_with('\n') || text.ends_with(' ')) text.remove_suffix(1);
    while (!text.empty()) {
      const auto end = text.find('\n');
      std::string row;
      for (const char c : text.substr(0, end)) {
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) row += c;
        else if (c == '\t') row += "  ";
      }
      while (row.ends_with(' ')) row.pop_back();
      line(row.empty() ? "///" : "/// " + row);
      text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
  }

  void schema(std::uint32_t index) {
    const auto& named = names_.all()[index];
    const auto& schema = table_[named.schema];
    auto conditions = conditionsOf(named.schema, table_, names_);
    out_.transitions += conditions.transitions;
    for (std::uint32_t i = static_cast<std::uint32_t>(conditions.checks.size()); i-- > 0;) {
      if (withdrawn_.contains({Claim::Kind::Check, index, i})) conditions.carried.insert(conditions.carried.begin(), conditions.checks[i]);
    }
    line("");
    if (named.kind != nullptr) {
      doc(named.kind->doc);
      if (!named.kind->deprecation.empty()) doc("Deprecated: " + named.kind->deprecation);
    }
    carried(conditions.carried, named.kind != nullptr && !named.kind->doc.empty());
    line(named.kind == nullptr ? fmt::format("schema {} {{", named.name) : fmt::format("schema {} extends {} {{", named.name, named.kind->isNamespaced ? "Namespaced" : "Resource"));
    indent_ = 2;
    if (named.kind != nullptr) {
      line("apiVersion: " + textLiteral(named.kind->group + "/" + named.kind->version));
      if (named.kind->kind != named.name) line("kind: " + textLiteral(named.kind->kind));
    }
    fields(index, schema);
    for (std::uint32_t i = 0; i < conditions.checks.size(); ++i) {
      const Claim claim{Claim::Kind::Check, index, i};
      if (!withdrawn_.contains(claim)) check(conditions.checks[i], claim);
    }
    if (schema.open) line("[string]: any");
    indent_ = 0;
    line("}");
  }

  void carried(const std::vector<Condition>& conditions, bool hasDoc) {
    if (conditions.empty()) return;
    if (hasDoc) line("///");
    line("/// Only the cluster checks:");
    for (const auto& condition : conditions) {
      const auto path = condition.path.empty() ? std::string() : fmt::format(" of `{}`", condition.path);
      doc(fmt::format("- `{}`{}{}{}", condition.original, path, condition.message.empty() ? "" : ": ", condition.message));
      ++(condition.origin == Origin::Rule ? out_.rulesCarried : out_.constraintsCarried);
    }
  }

  void check(const Condition& condition, const Claim& claim) {
    line(fmt::format("check {}{}", condition.kdsl, condition.message.empty() ? "" : " else " + textLiteral(condition.message)), claim);
    ++out_.checks;
    if (condition.origin == Origin::Rule) ++out_.rulesChecked;
  }

  void fields(std::uint32_t index, const Schema& schema) {
    std::vector<bool> isWritten(schema.groups.size());
    for (std::uint32_t i = 0; i < schema.fields.size(); ++i) {
      const auto group = schema.fields[i].group;
      if (group == 0) {
        field(index, i, schema.fields[i]);
        continue;
      }
      if (isWritten[group - 1]) continue;
      isWritten[group - 1] = true;
      line(schema.groups[group - 1].required ? "oneof {" : "oneof? {");
      indent_ = 4;
      for (auto k = i; k < schema.fields.size(); ++k) {
        if (schema.fields[k].group == group) field(index, k, schema.fields[k]);
      }
      indent_ = 2;
      line("}");
    }
  }

  void field(std::uint32_t index, std::uint32_t number, const Field& field) {
    const Claim claim{Claim::Kind::Default, index, number};
    const bool hasDefault = field.standard.has_value() && !withdrawn_.contains(claim);
    doc(field.doc);
    if (field.standard && !hasDefault) doc("Default: `" + valueLiteral(*field.standard, field.type, table_) + "`");
    const auto& type = types_.of(field.type);
    const auto form = table_[field.type].form;
    auto text = fieldKey(field.name) + ": ";
    if (hasDefault) {
      text += type.text + " ?? " + valueLiteral(*field.standard, field.type, table_);
    } else if (field.required || field.group != 0) {
      text += type.text;
    } else if ((form == Form::List || form == Form::Map) && !table_[field.type].low) {
      text += type.text + (form == Form::List ? " ?? []" : " ?? {}");  // as for kinds of the API: unset reads as empty
    } else {
      text += type.closed() + "?";
    }
    if (field.deprecated) text += " deprecated " + textLiteral(field.deprecated->empty() ? "see its documentation" : *field.deprecated);
    line(text, hasDefault ? claim : Claim{});
  }

  std::span<const KindDefinition> kinds_;
  const Names& names_;
  const SchemaTable& table_;
  TypeWriter types_;
  const std::set<Claim>& withdrawn_;
  ModuleText out_;
  std::size_t indent_ = 0;
};

}  // namespace

ModuleText writeModule(std::span<const KindDefinition> kinds, const Names& names, const SchemaTable& table, const std::set<Claim>& withdrawn) {
  return Writer(kinds, names, table, withdrawn).run();
}

}  // namespace kdsl::crd
