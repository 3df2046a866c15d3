#include "query/annotate.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kdsl::query {
namespace {

std::string commentOf(const emit::LineSource& source, const source::FileTable& files) {
  const auto at = base::valid(source.origin.file) ? source.origin : source.at;
  if (!base::valid(at.file)) return {};
  const auto& file = files[at.file];
  auto name = file.displayPath;
  std::replace_if(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return fmt::format(" # {}:{}", name, file.lines().lineColumn(file.text, at.span.begin, source::ColumnUnit::Utf8).line + 1);
}

}  // namespace

std::string annotated(std::string_view yaml, std::span<const emit::LineSource> lines, const source::FileTable& files) {
  std::string out;
  out.reserve(yaml.size() + lines.size() * 24);
  auto source = lines.begin();
  for (std::uint32_t line = 0; !yaml.empty(); ++line) {
    const auto end = std::min(yaml.find('\n'), yaml.size());
    out += yaml.substr(0, end);
    // Several may stand on one line, `- name: web`: the last is the value's.
    const emit::LineSource* found = nullptr;
    for (; source != lines.end() && source->line <= line; ++source) {
      if (source->line == line && source->isValue) found = &*source;
    }
    if (found != nullptr) out += commentOf(*found, files);
    if (end < yaml.size()) out += '\n';
    yaml.remove_prefix(std::min(end + 1, yaml.size()));
  }
  return out;
}

}  // namespace kdsl::query
