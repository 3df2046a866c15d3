#include "codec/text_formats.hpp"

#include "codec/event_writer.hpp"
#include "codec/yaml_writer.hpp"

namespace kdsl::codec {
namespace {

template <EventWriter W>
void writeDocument(W& writer, const Data& data) {
  writer.beginDocument();
  writeData(writer, data);
  writer.endDocument();
}

}  // namespace

std::string formatJson(const Data& data, JsonStyle style) {
  std::string out;
  JsonWriter writer{out, style};
  writeDocument(writer, data);
  return out;
}

std::string formatYaml(const Data& data) {
  std::string out;
  YamlWriter writer{out};
  writeDocument(writer, data);
  return out;
}

}  // namespace kdsl::codec
