#include "convert/comments.hpp"

#include <algorithm>

namespace kdsl::convert {

namespace {

using codec::ByteSpan;
using codec::Data;

void collectScalars(const Data& data, std::vector<ByteSpan>& out) {
  switch (data.kind()) {
    case Data::Kind::List:
      for (const auto& item : data.items()) collectScalars(item, out);
      break;
    case Data::Kind::Map:
      for (const auto& entry : data.entries()) {
        out.push_back(entry.keySpan);
        collectScalars(entry.value, out);
      }
      break;
    case Data::Kind::String: out.push_back(data.span()); break;
    default: break;
  }
}

std::string asComment(std::string_view yaml) {
  yaml.remove_prefix(std::min(yaml.find_first_not_of('#'), yaml.size()));
  while (!yaml.empty() && (yaml.back() == ' ' || yaml.back() == '\t' || yaml.back() == '\r')) yaml.remove_suffix(1);
  if (yaml.empty()) return "//";
  return (yaml.front() == ' ' ? "//" : "// ") + std::string(yaml);
}

}  // namespace

Comments::Comments(std::string_view text, const std::vector<Data>& documents) : text_(text) {
  std::vector<ByteSpan> scalars;
  for (const auto& document : documents) collectScalars(document, scalars);
  std::sort(scalars.begin(), scalars.end(), [](ByteSpan a, ByteSpan b) { return a.begin < b.begin; });
  std::size_t scalar = 0;
  std::uint32_t reach = 0;
  for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
    const bool begins = at == 0 || text[at - 1] == ' ' || text[at - 1] == '\t' || text[at - 1] == '\n';
    if (!begins) continue;
    for (; scalar < scalars.size() && scalars[scalar].begin <= at; ++scalar) reach = std::max(reach, scalars[scalar].end);
    if (at < reach) continue;
    const auto end = std::min(text.find('\n', at), text.size());
    comments_.push_back({static_cast<std::uint32_t>(at), asComment(text.substr(at, end - at)), false});
    at = end == text.size() ? end - 1 : end;
  }
}

std::vector<std::string> Comments::before(std::uint32_t offset) {
  std::vector<std::string> found;
  for (; next_ < comments_.size() && comments_[next_].begin < offset; ++next_) {
    if (!comments_[next_].taken) found.push_back(comments_[next_].text);
    comments_[next_].taken = true;
  }
  return found;
}

std::optional<std::string> Comments::behind(std::uint32_t offset) {
  const auto line = std::min(text_.find('\n', offset), text_.size());
  const auto found = std::lower_bound(comments_.begin(), comments_.end(), offset, [](const Comment& comment, std::uint32_t at) { return comment.begin < at; });
  if (found == comments_.end() || found->taken || found->begin >= line) return std::nullopt;
  found->taken = true;
  return found->text;
}

bool Comments::within(std::uint32_t begin, std::uint32_t end) const {
  return std::any_of(comments_.begin(), comments_.end(), [&](const Comment& comment) { return !comment.taken && comment.begin >= begin && comment.begin < end; });
}

}  // namespace kdsl::convert
