#include "driver/diff_output.hpp"

#include <fmt/format.h>

#include "diag/style.hpp"
#include "diag/visible.hpp"
#include "driver/json_place.hpp"
#include "driver/why_output.hpp"

namespace kdsl::driver {
namespace {

using delta::Change;
using delta::FieldChange;
using delta::ObjectChange;
using diag::Style;
using query::ObjectSet;
using Json = nlohmann::ordered_json;

constexpr std::size_t shownValue = 60;

std::string_view changeName(Change change) {
  switch (change) {
    case Change::Added: return "added";
    case Change::Removed: return "removed";
    case Change::Changed: return "changed";
    case Change::Reordered: return "reordered";
  }
  return "";
}

std::string nameOf(const delta::Object& object) {
  return object.namespaceName.empty() ? fmt::format("{}/{}", object.kind, object.name) : fmt::format("{}/{}/{}", object.kind, object.namespaceName, object.name);
}

std::string shown(const std::string& value) {
  std::string out;
  diag::appendVisible(out, value);
  if (out.size() <= shownValue) return out;
  auto cut = shownValue;
  while (cut > 0 && (static_cast<unsigned char>(out[cut]) & 0xC0) == 0x80) --cut;
  return out.substr(0, cut) + "…";
}

class DiffText {
 public:
  DiffText(const ObjectSet& before, const ObjectSet& after, bool color) : before_(before), after_(after), painter_(out_, color) {}

  void namespaces(const delta::NamespacePair& pair) {
    if (pair.before == pair.after) return;
    painter_.paint(Style::Strong, fmt::format("~ namespace: {} → {}", shown(pair.before), shown(pair.after)));
    out_ += '\n';
  }

  void object(const ObjectChange& change) {
    switch (change.change) {
      case Change::Added:
        painter_.paint(Style::Added, "+ " + shown(nameOf(after_.objects[change.after])));
        place(lineText(*after_.files, after_.placeOf(change.after)));
        return;
      case Change::Removed:
        painter_.paint(Style::Removed, "- " + shown(nameOf(before_.objects[change.before])));
        place(lineText(*before_.files, before_.placeOf(change.before)));
        return;
      default: break;
    }
    painter_.paint(Style::Strong, "~ " + shown(nameOf(after_.objects[change.after])));
    out_ += '\n';
    for (const auto& field : change.fields) this->field(field, change);
    if (change.mustBeRecreated()) {
      out_ += "  ";
      painter_.paint(Style::Warning, "! apply would be refused: what is marked cannot change in an existing object; delete it and create it anew");
      out_ += '\n';
    }
  }

  void summary(const query::Comparison& comparison) {
    const auto count = [](std::size_t number, std::string_view what) { return fmt::format("{} object{} {}", number, number == 1 ? "" : "s", what); };
    out_ += fmt::format("{}, {} added, {} removed\n", count(comparison.changed, "changed"), comparison.added, comparison.removed);
  }

  std::string take() { return std::move(out_); }

 private:
  void field(const FieldChange& field, const ObjectChange& change) {
    const auto path = shown(field.path);
    const auto places = query::placesOf(before_, after_, change, field);
    const auto from = lineText(*before_.files, places.before), to = lineText(*after_.files, places.after);
    const auto by = base::valid(places.afterLibrary.file) ? lineText(*after_.files, places.afterLibrary) : lineText(*before_.files, places.beforeLibrary);
    out_ += field.isRefused ? "! " : "  ";
    switch (field.change) {
      case Change::Added:
        painter_.paint(Style::Added, fmt::format("+ {}", path));
        out_ += field.isHidden ? ": (hidden)" : fmt::format(": {}", shown(field.after));
        place(to, by);
        return;
      case Change::Removed:
        painter_.paint(Style::Removed, fmt::format("- {}", path));
        out_ += field.isHidden ? ": (hidden)" : fmt::format(": {}", shown(field.before));
        place(from, by);
        return;
      case Change::Changed: out_ += field.isHidden ? fmt::format("~ {}: changed (hidden)", path) : fmt::format("~ {}: {} → {}", path, shown(field.before), shown(field.after)); break;
      case Change::Reordered: out_ += fmt::format("~ {}: order {} → {}", path, shown(field.before), shown(field.after)); break;
    }
    place(from.empty() || from == to ? to : to.empty() ? from : fmt::format("{} → {}", from, to), by);
  }

  /// Who decided, and the line of the library that made it so.
  void place(const std::string& where, const std::string& by = {}) {
    if (!where.empty()) {
      out_ += "   ";
      std::string visible;
      diag::appendVisible(visible, by.empty() ? where : fmt::format("{} ({})", where, by));
      painter_.paint(Style::Frame, visible);
    }
    out_ += '\n';
  }

  const ObjectSet& before_;
  const ObjectSet& after_;
  std::string out_;
  diag::Painter painter_;
};

Json fieldJson(const FieldChange& field, const ObjectChange& change, const ObjectSet& before, const ObjectSet& after) {
  Json json = {{"change", changeName(field.change)}, {"path", field.path}};
  const auto value = [&](const std::string& text) { return field.change == Change::Reordered ? Json(text) : Json::parse(text, nullptr, false); };
  if (!field.before.empty()) json["before"] = value(field.before);
  if (!field.after.empty()) json["after"] = value(field.after);
  if (field.isHidden) json["hidden"] = true;
  if (field.isRefused) json["refused"] = true;
  const auto places = query::placesOf(before, after, change, field);
  json["beforePlace"] = placeJson(*before.files, places.before);
  json["afterPlace"] = placeJson(*after.files, places.after);
  if (base::valid(places.beforeLibrary.file)) json["beforeLibrary"] = placeJson(*before.files, places.beforeLibrary);
  if (base::valid(places.afterLibrary.file)) json["afterLibrary"] = placeJson(*after.files, places.afterLibrary);
  return json;
}

}  // namespace

std::string diffText(const query::Comparison& comparison, const ObjectSet& before, const ObjectSet& after, bool color) {
  if (comparison.isEqual()) return {};
  DiffText text(before, after, color);
  text.namespaces(comparison.namespaces);
  for (const auto& change : comparison.changes) text.object(change);
  text.summary(comparison);
  return text.take();
}

std::string diffJson(const query::Comparison& comparison, const ObjectSet& before, const ObjectSet& after) {
  auto objects = Json::array();
  for (const auto& change : comparison.changes) {
    const bool isRemoved = change.change == Change::Removed;
    const auto& object = isRemoved ? before.objects[change.before] : after.objects[change.after];
    auto fields = Json::array();
    for (const auto& field : change.fields) fields.push_back(fieldJson(field, change, before, after));
    Json json = {{"change", changeName(change.change)}, {"apiVersion", object.apiVersion}, {"kind", object.kind}, {"namespace", object.namespaceName}, {"name", object.name}};
    json["recreate"] = change.mustBeRecreated();
    json["place"] = isRemoved ? placeJson(*before.files, before.placeOf(change.before)) : placeJson(*after.files, after.placeOf(change.after));
    json["fields"] = std::move(fields);
    objects.push_back(std::move(json));
  }
  Json document = {{"version", 1},
                   {"equal", comparison.isEqual()},
                   {"objects", std::move(objects)},
                   {"summary", {{"changed", comparison.changed}, {"added", comparison.added}, {"removed", comparison.removed}}}};
  if (comparison.namespaces.before != comparison.namespaces.after) document["namespaces"] = {{"before", comparison.namespaces.before}, {"after", comparison.namespaces.after}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace kdsl::driver
