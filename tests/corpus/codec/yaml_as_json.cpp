// usage: yaml_as_json FILE…: a line for each YAML file, its documents as a JSON list.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include "codec/read.hpp"
#include "codec/text_formats.hpp"

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    kdsl::codec::ReadResult result = kdsl::codec::readYaml(text);
    if (const auto* error = result.firstError()) {
      std::fprintf(stderr, "%s: byte %u: %s\n", argv[i], error->span.begin, kdsl::codec::describe(*error).c_str());
      return 1;
    }
    std::puts(kdsl::codec::formatJson(kdsl::codec::Data::list(std::move(result.documents))).c_str());
  }
  return 0;
}
