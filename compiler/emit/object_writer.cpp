#include "emit/object_writer.hpp"

#include <algorithm>
#include <utility>

#include "emit/writers.hpp"
#include "eval/frame.hpp"
#include "eval/provenance_reader.hpp"

namespace kdsl::emit {
namespace {

using base::Symbol;
using eval::Evaluator;
using eval::Place;
using eval::Value;
using eval::ValueKind;
using types::NominalKind;
using types::TypeKind;

/// Walks a value into a writer. Errors are reported by the evaluator on the way; `failed()` says that there was one.
template <EventWriter Writer>
class ValueWriter {
 public:
  ValueWriter(Evaluator& evaluator, Writer& writer, const std::string& out, std::size_t limit, std::vector<LineSource>* lines = nullptr)
      : evaluator_(evaluator), writer_(writer), out_(out), limit_(limit), lines_(lines), sources_(evaluator) {}

  void object(Place* place) {
    auto& record = evaluator_.fold(place);
    const bool builtIn = record.nominal->kind == NominalKind::KubernetesKind;
    writer_.beginMap();
    writer_.key("apiVersion");
    if (lines_ != nullptr) addObjectLine(place);
    writer_.string(base::text(record.nominal->apiVersion));
    writer_.key("kind");
    writer_.string(base::text(record.nominal->kindName));
    static const auto metadata = base::intern("metadata");
    static const Symbol first[] = {base::intern("apiVersion"), base::intern("kind"), metadata};
    entry(place, metadata, true);
    for (const auto key : evaluator_.keys(place)) {
      if (std::find(std::begin(first), std::end(first), key) == std::end(first)) entry(place, key, builtIn);
    }
    finish(place);
    writer_.endMap();
  }

  void value(Value value) {
    switch (value.kind()) {
      case ValueKind::Error: failed_ = true; writer_.null(); return;
      case ValueKind::Absent:
      case ValueKind::Lambda:
      case ValueKind::Null: writer_.null(); return;
      case ValueKind::Bool: writer_.boolean(value.asBool()); return;
      case ValueKind::Int: writer_.integer(value.asInt()); return;
      case ValueKind::Float: writer_.floating(value.asFloat()); return;
      case ValueKind::String: writer_.string(value.asString()); return;
      case ValueKind::Quantity: writer_.string(value.asQuantity().text()); return;
      case ValueKind::Duration: writer_.string(value.asDuration().text(units::DurationStyle::Hours)); return;
      case ValueKind::List:
        writer_.beginList();
        for (std::size_t i = 0; i < value.asList().items.size(); ++i) {
          if (full()) break;
          if (lines_ != nullptr) element(value.asList(), i);
          this->value(value.asList().items[i]);
        }
        writer_.endList();
        return;
      case ValueKind::Record: record(value.asRecord()); return;
    }
  }

  bool failed() const { return failed_; }

 private:
  bool full() {
    if (out_.size() <= limit_) return false;
    failed_ = true;
    return true;
  }

  void record(Place* place) {
    const eval::Frame frame(evaluator_, place);
    auto& shape = evaluator_.fold(place);
    failed_ |= shape.poisoned || !frame;
    if (!frame) {
      writer_.null();
      return;
    }
    if (shape.keyed) {
      writer_.beginList();
      for (const auto& row : evaluator_.rows(place)) {
        if (full()) break;
        const auto item = evaluator_.force(row.place);
        if (!item.isAbsent()) value(item);
      }
      writer_.endList();
      failed_ |= shape.poisoned;
      return;
    }
    const bool kubernetes = shape.nominal != nullptr && types::isOfApi(shape.nominal->kind);
    writer_.beginMap();
    const auto& leading = keyFields(place);
    for (const auto key : leading) entry(place, key, kubernetes);
    for (const auto key : evaluator_.keys(place)) {
      if (full()) break;
      if (std::find(leading.begin(), leading.end(), key) == leading.end()) entry(place, key, kubernetes);
    }
    finish(place);
    writer_.endMap();
  }

  /// The fields by which the list that holds this element is keyed.
  std::vector<Symbol> keyFields(const Place* place) {
    if (!place->elementOfList || place->parent == nullptr || place->parent->record == nullptr || !place->parent->record->keyed) return {};
    auto keys = evaluator_.types()[place->parent->record->type].keys;
    // Only what somebody wrote: a key that is a default is not written.
    std::erase_if(keys, [&](Symbol key) {
      auto* field = evaluator_.child(const_cast<Place*>(place), key);
      return evaluator_.force(field).isAbsent();
    });
    return keys;
  }

  void entry(Place* place, Symbol key, bool kubernetes) {
    auto* field = evaluator_.child(place, key);
    if (field == nullptr || !evaluator_.isData(field)) return;
    const auto item = evaluator_.force(field);
    if (item.isAbsent()) return;
    // Empty lists and maps of built-in kinds are not written where the API's own writer leaves them out; empty records are.
    if (kubernetes && field->member != nullptr && !field->member->required && isEmptyCollection(item)) return;
    writer_.key(base::text(key));
    if (lines_ == nullptr) return value(item);
    const auto origin = sources_.origin(field);
    auto around = std::exchange(around_, causesOf(field, origin));
    addLine({currentLine(), evaluator_.whereSet(field), origin, ofLibrary(origin) ? around_ : std::vector<source::Location>{}, isLeaf(item), item.isHidden()});
    value(item);
    around_ = std::move(around);
  }

  /// The line that the element is going to begin on: behind a key or at the begin of a line, the next one to be written.
  void element(const eval::ListValue& list, std::size_t position) {
    const bool afterKey = !out_.empty() && out_.back() == ':';
    const auto at = position < list.origins.size() ? list.origins[position] : source::Location{};
    const auto& item = list.items[position];
    addLine({currentLine() + (afterKey ? 1 : 0), at, at, ofLibrary(at) ? around_ : std::vector<source::Location>{}, isLeaf(item), item.isHidden()});
  }

  void addObjectLine(Place* place) {
    const auto made = evaluator_.madeAt(place);
    if (ofLibrary(made)) {
      around_ = sources_.causes(place);
      if (around_.empty()) around_.push_back(evaluator_.madeByUserAt(place));
    }
    addLine({0, made, made, around_, false, false});
  }

  bool ofLibrary(const source::Location& at) const { return base::valid(at.file) && evaluator_.inputs().isForeign(at.file); }

  /// The settings of those who build that decided a field; where there is none, those of what it is in.
  std::vector<source::Location> causesOf(Place* field, const source::Location& origin) {
    if (!ofLibrary(origin)) return base::valid(origin.file) ? std::vector{origin} : around_;
    auto causes = sources_.causes(field);
    return causes.empty() ? around_ : causes;
  }

  static bool isLeaf(const Value& item) { return !item.is(ValueKind::Record) && !item.is(ValueKind::List); }

  /// Of what was written last.
  std::uint32_t currentLine() {
    line_ += static_cast<std::uint32_t>(std::count(out_.begin() + static_cast<std::ptrdiff_t>(counted_), out_.end(), '\n'));
    counted_ = out_.size();
    return line_;
  }

  void addLine(const LineSource& source) { lines_->push_back(source); }

  bool isEmptyCollection(Value value) {
    if (value.is(ValueKind::List)) return value.asList().items.empty();
    if (!value.is(ValueKind::Record)) return false;
    auto* place = value.asRecord();
    auto& shape = evaluator_.fold(place);
    if (shape.poisoned) return false;
    if (shape.keyed) return evaluator_.rows(place).empty() && !shape.poisoned;
    if (shape.nominal != nullptr || evaluator_.types().kind(shape.type) != TypeKind::Map) return false;
    return std::all_of(evaluator_.keys(place).begin(), evaluator_.keys(place).end(), [&](Symbol key) { return evaluator_.force(evaluator_.child(place, key)).isAbsent(); });
  }

  void finish(Place* place) {
    auto& shape = evaluator_.fold(place);
    if (shape.nominal != nullptr) failed_ |= !evaluator_.checkRequired(place, shape);
    evaluator_.runChecks(place);
    failed_ |= shape.poisoned;
  }

  Evaluator& evaluator_;
  Writer& writer_;
  const std::string& out_;
  std::size_t limit_;
  bool failed_ = false;
  std::vector<LineSource>* lines_;
  eval::ProvenanceReader sources_;  // asked only for lines
  std::vector<source::Location> around_;  // what decided what is being written
  std::size_t counted_ = 0;         // bytes whose lines are in `line_`
  std::uint32_t line_ = 0;
};

std::string textField(Evaluator& evaluator, Place* object, Symbol name) {
  static const auto metadataName = base::intern("metadata");
  const auto metadata = evaluator.force(evaluator.child(object, metadataName));
  if (!metadata.is(ValueKind::Record)) return {};
  const auto value = evaluator.force(evaluator.child(metadata.asRecord(), name));
  return value.is(ValueKind::String) ? std::string(value.asString()) : std::string();
}

}  // namespace

std::optional<ObjectText> writeObject(Evaluator& evaluator, Place* object, Format format, std::size_t limit, std::vector<LineSource>* lines) {
  const auto& record = evaluator.fold(object);
  ObjectText result;
  result.group = record.nominal->apiGroup();
  result.version = record.nominal->apiGroupVersion();
  result.kind = base::text(record.nominal->kindName);
  bool failed = false;
  const auto write = [&](auto& writer) {
    ValueWriter walk(evaluator, writer, result.text, limit, lines);
    writer.beginDocument();
    walk.object(object);
    writer.endDocument();
    failed = walk.failed();
  };
  if (format == Format::Yaml) {
    YamlWriter writer(result.text);
    write(writer);
  } else {
    JsonWriter writer(result.text, JsonStyle::Pretty);
    write(writer);
  }
  static const auto name = base::intern("name"), namespaceName = base::intern("namespace");
  result.name = textField(evaluator, object, name);
  result.namespaceName = textField(evaluator, object, namespaceName);
  if (failed) return std::nullopt;
  return result;
}

std::string writeValue(Evaluator& evaluator, Value value, Format format) {
  std::string out;
  const auto write = [&](auto& writer) {
    ValueWriter walk(evaluator, writer, out, std::size_t{64} << 20);
    writer.beginDocument();
    walk.value(value);
    writer.endDocument();
  };
  if (format == Format::Yaml) {
    YamlWriter writer(out);
    write(writer);
  } else {
    JsonWriter writer(out, JsonStyle::Pretty);
    write(writer);
  }
  return out;
}

}  // namespace kdsl::emit
