// Writes hostile text with the project's own writer, for readers that are not C++ programs:
//   expected.json  the texts, a list
//   values.yaml    ConfigMaps with the texts as values, in order, and their numbers as keys
//   keys.yaml      ConfigMaps with the texts as keys, in order, and their numbers as values
//   numbers.json, numbers.yaml  one list of numbers, booleans and nulls, in both formats
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "codec/json_writer.hpp"
#include "codec/text_formats.hpp"
#include "codec/yaml_writer.hpp"
#include "tests/yaml/hostile_strings.hpp"

namespace {

using kdsl::codec::Data;
using kdsl::codec::DataList;

constexpr std::size_t kPerObject = 1000;

std::string configMaps(const std::vector<std::string>& strings, bool asKeys) {
  std::string out;
  kdsl::codec::YamlWriter writer{out};
  for (std::size_t first = 0; first < strings.size(); first += kPerObject) {
    writer.beginDocument();
    writer.beginMap();
    writer.key("apiVersion");
    writer.string("v1");
    writer.key("kind");
    writer.string("ConfigMap");
    writer.key("metadata");
    writer.beginMap();
    writer.key("name");
    writer.string("strings-" + std::to_string(first));
    writer.endMap();
    writer.key("data");
    writer.beginMap();
    for (std::size_t i = first; i < strings.size() && i < first + kPerObject; ++i) {
      const std::string number = "k" + std::to_string(i);
      writer.key(asKeys ? strings[i] : number);
      writer.string(asKeys ? number : strings[i]);
    }
    writer.endMap();
    writer.endMap();
    writer.endDocument();
  }
  return out;
}

Data numbers() {
  DataList list = {Data::null(), Data::boolean(true), Data::boolean(false), Data::integer(0), Data::integer(INT64_MAX), Data::integer(INT64_MIN)};
  for (const double value : {0.0, 1.0, -1.0, 0.1, 1e15, 1e16, 1e22, 1e-5, 1e-6, 5e-324, 1.7976931348623157e308, 100000.0}) list.push_back(Data::floating(value));
  std::mt19937_64 random{11};
  for (int i = 0; i < 5000; ++i) {
    const std::uint64_t bits = random();
    double value;
    std::memcpy(&value, &bits, sizeof value);
    if (std::isfinite(value)) list.push_back(Data::floating(value));
    list.push_back(Data::floating(static_cast<double>(static_cast<std::int64_t>(bits) >> (bits % 60)) / 1000));
    list.push_back(Data::integer(static_cast<std::int64_t>(bits) >> (bits % 63)));
  }
  return Data::list(std::move(list));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: write_hostile FOLDER COUNT\n", stderr);
    return 2;
  }
  const std::string folder = argv[1];
  const auto strings = kdsl::testing_support::hostileStrings(std::strtoul(argv[2], nullptr, 10));
  DataList expected;
  for (const auto& string : strings) expected.push_back(Data::string(string));
  const auto write = [&](std::string_view name, const std::string& text) { std::ofstream(folder + '/' + std::string(name), std::ios::binary) << text; };
  write("expected.json", kdsl::codec::formatJson(Data::list(std::move(expected))));
  write("values.yaml", configMaps(strings, false));
  write("keys.yaml", configMaps(strings, true));
  write("numbers.json", kdsl::codec::formatJson(numbers()));
  write("numbers.yaml", kdsl::codec::formatYaml(numbers()));
  return 0;
}
