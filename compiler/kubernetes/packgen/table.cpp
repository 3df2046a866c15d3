#include "kubernetes/packgen/table.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace kdsl::kubernetes::packgen {

namespace {

/// The words of a line, up to a comment. Quotes group; an unclosed quote is an error.
std::vector<std::string> wordsOf(std::string_view line, const std::string& where, Errors& errors) {
  std::vector<std::string> words;
  size_t at = 0;
  while (true) {
    at = line.find_first_not_of(" \t", at);
    if (at == std::string_view::npos || line[at] == '#') return words;
    if (line[at] == '"') {
      const size_t end = line.find('"', at + 1);
      if (end == std::string_view::npos) {
        errors.push_back(fmt::format("{}: a quote is not closed", where));
        return words;
      }
      words.emplace_back(line.substr(at + 1, end - at - 1));
      at = end + 1;
    } else {
      const size_t end = std::min(line.find_first_of(" \t", at), line.size());
      words.emplace_back(line.substr(at, end - at));
      at = end;
    }
  }
}

/// `a.{b,c}.d` gives `a.b.d` and `a.c.d`; several braces multiply.
std::vector<std::string> expandBraces(std::string_view text) {
  const size_t open = text.find('{');
  const size_t close = text.find('}', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos) return {std::string(text)};
  const std::vector<std::string> tails = expandBraces(text.substr(close + 1));
  std::vector<std::string> result;
  std::string_view choices = text.substr(open + 1, close - open - 1);
  while (true) {
    const size_t comma = choices.find(',');
    for (const std::string& tail : tails) result.push_back(fmt::format("{}{}{}", text.substr(0, open), choices.substr(0, comma), tail));
    if (comma == std::string_view::npos) return result;
    choices.remove_prefix(comma + 1);
  }
}

}  // namespace

std::vector<TableRow> parseTable(std::string_view file, std::string_view text, Errors& errors) {
  std::vector<TableRow> rows;
  std::map<std::string, std::vector<std::string>> lists;
  std::vector<std::string>* currentList = nullptr;
  size_t currentRows = 0;  // rows that a continuation line extends

  const auto substitute = [&](const std::vector<std::string>& words, const std::string& where, std::vector<std::string>& result) {
    for (const std::string& word : words) {
      if (!word.starts_with('$')) {
        result.push_back(word);
      } else if (const auto list = lists.find(word); list != lists.end()) {
        result.insert(result.end(), list->second.begin(), list->second.end());
      } else {
        errors.push_back(fmt::format("{}: `{}` is not defined", where, word));
      }
    }
  };

  size_t lineNumber = 0;
  while (!text.empty()) {
    const size_t newline = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, newline);
    text.remove_prefix(std::min(newline + 1, text.size()));
    const std::string where = fmt::format("{}:{}", file, ++lineNumber);
    const size_t first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos || line[first] == '#') continue;

    std::vector<std::string> words;
    if (first > 0) {
      substitute(wordsOf(line, where, errors), where, words);
    } else {
      const size_t colon = line.find(':');
      if (colon == std::string_view::npos) {
        errors.push_back(fmt::format("{}: expected `key: words`", where));
        continue;
      }
      const std::string_view key = line.substr(0, colon);
      substitute(wordsOf(line.substr(colon + 1), where, errors), where, words);
      currentList = nullptr;
      currentRows = 0;
      if (key.starts_with('$')) {
        currentList = &lists[std::string(key)];
      } else {
        for (std::string& name : expandBraces(key)) rows.push_back({std::move(name), {}, where}), ++currentRows;
      }
    }
    if (currentList != nullptr) currentList->insert(currentList->end(), words.begin(), words.end());
    for (size_t back = 1; back <= currentRows; ++back) {
      auto& target = rows[rows.size() - back].words;
      target.insert(target.end(), words.begin(), words.end());
    }
  }
  return rows;
}

std::vector<TableRow> readTable(const std::string& path, Errors& errors) {
  std::ifstream input(path);
  if (!input) {
    errors.push_back(fmt::format("cannot read {}", path));
    return {};
  }
  std::stringstream text;
  text << input.rdbuf();
  return parseTable(std::filesystem::path(path).filename().string(), text.str(), errors);
}

}  // namespace kdsl::kubernetes::packgen
