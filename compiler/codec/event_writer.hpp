#pragma once
// The events that a document writer takes. Code that walks values is a template over EventWriter, so that no event is a virtual call.
#include <concepts>
#include <cstdint>
#include <string_view>

#include "codec/data.hpp"

namespace kdsl::codec {

/// Between beginDocument and endDocument stands one value: a scalar, or begin… to end…; in a map each value follows its key.
/// Breaking that order is a programming error; keys are written as given, duplicates too.
template <typename W>
concept EventWriter = requires(W& writer, std::string_view text) {
  writer.beginDocument();
  writer.endDocument();
  writer.beginMap();
  writer.endMap();
  writer.key(text);
  writer.beginList();
  writer.endList();
  writer.string(text);
  writer.integer(std::int64_t{});
  writer.floating(double{});
  writer.boolean(bool{});
  writer.null();
  writer.comment(text);
};

/// Writes the events of one value (no document events). Recursion is as deep as the data.
template <EventWriter W>
void writeData(W& writer, const Data& data) {
  switch (data.kind()) {
    case Data::Kind::Null: writer.null(); break;
    case Data::Kind::Bool: writer.boolean(data.asBool()); break;
    case Data::Kind::Integer: writer.integer(data.asInteger()); break;
    case Data::Kind::Float: writer.floating(data.asFloat()); break;
    case Data::Kind::String: writer.string(data.asString()); break;
    case Data::Kind::List:
      writer.beginList();
      for (const Data& item : data.items()) writeData(writer, item);
      writer.endList();
      break;
    case Data::Kind::Map:
      writer.beginMap();
      for (const DataEntry& entry : data.entries()) {
        writer.key(entry.key);
        writeData(writer, entry.value);
      }
      writer.endMap();
      break;
  }
}

}  // namespace kdsl::codec
