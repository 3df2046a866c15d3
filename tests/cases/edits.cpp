#include "edits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <regex>

#include "case.hpp"

namespace kdsl::cases {
namespace {

std::vector<std::string_view> linesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (true) {
    const auto end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string withShortEntries(const std::string& text) {
  static const std::regex doubled(R"(\b(\w+): \1\b)");
  return std::regex_replace(text, doubled, "$1");
}

}  // namespace

void Edits::add(const source::Location& at, std::string text) {
  before_.try_emplace(at.file, session_.files()[at.file].text);
  auto& list = edits_[at.file];
  const auto behind = std::ranges::find_if(list, [&](const One& other) { return other.span.begin > at.span.begin; });
  list.insert(behind, {at.span, std::move(text)});
}

void Edits::apply() {
  for (const auto& [file, list] : edits_) {
    auto text = before_.at(file);
    for (auto one = list.rbegin(); one != list.rend(); ++one) text.replace(one->span.begin, one->span.size(), one->text);
    session_.setText(file, std::move(text));
  }
}

void Edits::undo() {
  for (const auto& [file, text] : before_) session_.setText(file, text);
}

bool Edits::isUndone() const {
  return std::ranges::all_of(before_, [this](const auto& known) { return withShortEntries(session_.files()[known.first].text) == withShortEntries(known.second); });
}

std::vector<source::FileId> Edits::files() const {
  std::vector<source::FileId> files;
  for (const auto& [file, list] : edits_) files.push_back(file);
  return files;
}

std::string Edits::placesIn(source::FileId file) const {
  std::vector<std::string> places;
  const auto found = edits_.find(file);
  if (found == edits_.end()) return {};
  const auto& source = session_.files()[file];
  for (const auto& one : found->second) {
    const auto place = source.lines().lineColumn(before_.at(file), one.span.begin, source::ColumnUnit::Utf8);
    places.push_back(placeText(place.line, place.column, one.text));
  }
  return joinedPlaces(std::move(places));
}

std::string Edits::countsBeside(source::FileId file) const {
  std::vector<std::string> counts;
  const auto folder = std::filesystem::path(session_.files()[file].path).parent_path();
  for (const auto& [other, list] : edits_) {
    if (other != file) counts.push_back(fmt::format("{} in {}", list.size(), std::filesystem::path(session_.files()[other].path).lexically_relative(folder).string()));
  }
  return joinedPlaces(std::move(counts));
}

std::uint32_t Edits::offsetAfter(source::FileId file, std::uint32_t offset) const {
  const auto found = edits_.find(file);
  auto moved = offset;
  if (found == edits_.end()) return moved;
  for (const auto& one : found->second) {
    if (one.span.begin < offset) moved += static_cast<std::uint32_t>(one.text.size()) - one.span.size();
  }
  return moved;
}

std::string placeText(std::uint32_t line, std::uint32_t column, std::string_view text) { return fmt::format("{}:{} {}", line + 1, column + 1, text); }

std::string joinedPlaces(std::vector<std::string> places) {
  std::ranges::sort(places);
  return fmt::format("{}", fmt::join(places, ", "));
}

bool hasWord(std::string_view text, std::string_view word) {
  const auto isPart = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-'; };
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || !isPart(text[at - 1])) && (end == text.size() || !isPart(text[end]))) return true;
  }
  return false;
}

std::string changedLines(std::string_view before, std::string_view after) {
  const auto old = linesOf(before), now = linesOf(after);
  std::vector<std::string_view> changed;
  if (old.size() == now.size()) {
    for (std::size_t i = 0; i < now.size(); ++i) {
      if (old[i] != now[i]) changed.push_back(trim(now[i]));
    }
  } else {
    std::size_t head = 0, tail = 0;
    const auto common = std::min(old.size(), now.size());
    while (head < common && old[head] == now[head]) ++head;
    while (tail < common - head && old[old.size() - 1 - tail] == now[now.size() - 1 - tail]) ++tail;
    for (auto i = head; i < now.size() - tail; ++i) changed.push_back(trim(now[i]));
  }
  return fmt::format("{}", fmt::join(changed, " | "));
}

}  // namespace kdsl::cases
