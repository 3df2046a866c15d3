#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string_view>
#include <utility>

#include "codec/read.hpp"
#include "diag/codes/files.hpp"
#include "query/object_sets.hpp"

namespace kdsl::query {

namespace {

std::uint32_t lineOf(const std::string& text, std::size_t offset) {
  return static_cast<std::uint32_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size())), '\n'));
}

source::Location decisivePlace(const ObjectSet& set, const ObjectSet::Decision& decision, const ObjectSet& otherSet, const ObjectSet::Decision& other) {
  if (decision.causes.empty()) return decision.at;
  // The sides may be of two sessions: one line of one file is the same place.
  const auto key = [](const ObjectSet& of, const source::Location& at) {
    const auto& file = (*of.files)[at.file];
    return std::pair<std::string_view, std::string_view>(file.displayPath, std::string_view(file.text).substr(at.span.begin, at.span.end - at.span.begin));
  };
  for (const auto& cause : decision.causes) {
    if (std::none_of(other.causes.begin(), other.causes.end(), [&](const source::Location& known) { return key(set, cause) == key(otherSet, known); })) return cause;
  }
  return decision.causes.front();
}

}  // namespace

bool ObjectSet::isHidden(std::size_t object, codec::ByteSpan span) const {
  if (object >= origins_.size() || origins_[object].text == nullptr) return false;
  const auto& origin = origins_[object];
  const auto first = lineOf(*origin.text, span.begin), last = lineOf(*origin.text, span.end == span.begin ? span.end : span.end - 1);
  return std::any_of(origin.lines.begin(), origin.lines.end(), [&](const emit::LineSource& source) { return source.isHidden && first <= source.line && source.line <= last; });
}

ObjectSet::Decision ObjectSet::decisionOn(std::size_t object, codec::ByteSpan span) const {
  if (object >= origins_.size()) return {};
  const auto& origin = origins_[object];
  if (base::valid(origin.manifest)) return {{origin.manifest, {span.begin, span.end}}};
  if (origin.text == nullptr) return {};
  const auto line = lineOf(*origin.text, span.begin);
  // The value's own line, else the nearest one above: the begin of what it is in.
  auto found = std::upper_bound(origin.lines.begin(), origin.lines.end(), line, [](std::uint32_t wanted, const emit::LineSource& source) { return wanted < source.line; });
  if (found == origin.lines.begin()) return {};
  --found;
  return {base::valid(found->origin.file) ? found->origin : found->at, found->causes};
}

source::Location ObjectSet::placeOf(std::size_t object) const {
  if (object >= objects.size()) return {};
  const auto decision = decisionOn(object, objects[object].data.span());
  return decision.causes.empty() ? decision.at : decision.causes.front();
}

FieldPlaces placesOf(const ObjectSet& before, const ObjectSet& after, const delta::ObjectChange& change, const delta::FieldChange& field) {
  const auto from = field.change == delta::Change::Added ? ObjectSet::Decision{} : before.decisionOn(change.before, field.beforeAt);
  const auto to = field.change == delta::Change::Removed ? ObjectSet::Decision{} : after.decisionOn(change.after, field.afterAt);
  const auto libraryOf = [](const ObjectSet::Decision& decision) { return decision.causes.empty() ? source::Location{} : decision.at; };
  return {decisivePlace(before, from, after, to), decisivePlace(after, to, before, from), libraryOf(from), libraryOf(to)};
}

ObjectSet ObjectSets::ofBuild(const source::FileTable& files, BuildResult build) {
  ObjectSet set;
  set.files = &files;
  set.diagnostics = std::move(build.diagnostics);
  set.ok = build.ok;
  for (auto& rendered : build.objects) {
    auto read = codec::readYaml(rendered.text);
    if (!read.ok() || read.documents.size() != 1) continue;  // what the writer wrote is read back
    set.objects.push_back({rendered.apiVersion, rendered.kind, rendered.namespace_, rendered.name, std::move(read.documents[0])});
    set.origins_.push_back({std::make_shared<const std::string>(std::move(rendered.text)), std::move(rendered.lines), base::none<source::FileId>});
  }
  return set;
}

ObjectSet ObjectSets::ofManifest(const source::FileTable& files, source::FileId file) {
  ObjectSet set;
  set.files = &files;
  const auto& manifest = files[file];
  const auto extension = std::filesystem::path(manifest.path).extension().string();
  // JSON may be a stream of objects, which is YAML only if each is a document: then the reader of one object says what is wrong.
  const auto text = std::string_view(manifest.text);
  const auto read = extension == ".json" ? codec::readJson(text) : codec::readYaml(text);
  if (const auto* problem = read.firstError()) {
    diag::Sink sink;
    sink.report(diag::code::data_file_malformed, {file, {problem->span.begin, problem->span.end}}, {manifest.displayPath, extension == ".json" ? "JSON" : "YAML", codec::describe(*problem)});
    set.diagnostics = sink.take();
    return set;
  }
  for (const auto& document : read.documents) {
    auto found = delta::objectsOf(document);
    for (auto& object : found.objects) {
      set.objects.push_back(std::move(object));
      set.origins_.push_back({nullptr, {}, file});
    }
  }
  set.ok = true;
  return set;
}

std::string onlyNamespace(const ObjectSet& set) {
  std::string only;
  for (const auto& object : set.objects) {
    if (object.namespaceName.empty()) continue;
    if (!only.empty() && only != object.namespaceName) return {};
    only = object.namespaceName;
  }
  return only;
}

void ObjectSets::add(ObjectSet& into, ObjectSet more) {
  std::move(more.objects.begin(), more.objects.end(), std::back_inserter(into.objects));
  std::move(more.origins_.begin(), more.origins_.end(), std::back_inserter(into.origins_));
}

Comparison compare(const ObjectSet& before, const ObjectSet& after, int minor, delta::NamespacePair namespaces) {
  const auto* pack = kubernetes::SchemaPack::forMinor(minor);
  Comparison result;
  result.namespaces = std::move(namespaces);
  result.changes = delta::compare(before.objects, after.objects, pack == nullptr ? kubernetes::SchemaPack::newest() : *pack, result.namespaces);
  for (auto& change : result.changes) {
    for (auto& field : change.fields) {
      const bool hides = (!field.before.empty() && before.isHidden(change.before, field.beforeAt)) || (!field.after.empty() && after.isHidden(change.after, field.afterAt));
      if (!hides) continue;
      field.isHidden = true;
      field.before.clear();
      field.after.clear();
    }
    switch (change.change) {
      case delta::Change::Added: ++result.added; break;
      case delta::Change::Removed: ++result.removed; break;
      default: ++result.changed;
    }
  }
  return result;
}

}  // namespace kdsl::query
