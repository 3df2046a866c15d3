// What the highlight queries make of programs: tree_sitter_classes QUERIES FOLDER
//
// For each FOLDER/NAME.kdsl writes FOLDER/NAME.classes: one letter a byte (k keyword, s text, n number, c comment, o other).
// A node inside another decides over it; of several patterns for a node the last one does, as in Neovim and Helix.
#include <tree_sitter/api.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

extern "C" const TSLanguage* tree_sitter_kdsl();

namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

char classOf(std::string_view capture) {
  const auto is = [&](std::string_view group) { return capture == group || (capture.starts_with(group) && capture[group.size()] == '.'); };
  if (is("comment")) return 'c';
  if (is("string") || is("constant.character.escape")) return 's';
  if (is("number") || is("constant.numeric")) return 'n';
  if (is("keyword") || is("boolean") || is("constant.builtin") || is("variable.builtin")) return 'k';
  return 'o';
}

struct Paint {
  std::uint32_t begin, end;
  std::uint16_t pattern;
  char letter;
};

std::string classes(const TSQuery* query, TSParser* parser, const std::string& text) {
  TSTree* tree = ts_parser_parse_string(parser, nullptr, text.data(), static_cast<std::uint32_t>(text.size()));
  TSQueryCursor* cursor = ts_query_cursor_new();
  ts_query_cursor_exec(cursor, query, ts_tree_root_node(tree));
  std::vector<Paint> paints;
  TSQueryMatch match;
  std::uint32_t index = 0;
  while (ts_query_cursor_next_capture(cursor, &match, &index)) {
    const auto capture = match.captures[index];
    std::uint32_t length = 0;
    const char* name = ts_query_capture_name_for_id(query, capture.index, &length);
    paints.push_back({ts_node_start_byte(capture.node), ts_node_end_byte(capture.node), match.pattern_index, classOf({name, length})});
  }
  // Long ones first, so that what is inside paints over them.
  std::stable_sort(paints.begin(), paints.end(), [](const Paint& a, const Paint& b) {
    const auto sizeOfA = a.end - a.begin, sizeOfB = b.end - b.begin;
    return sizeOfA != sizeOfB ? sizeOfA > sizeOfB : a.pattern < b.pattern;
  });
  std::string letters(text.size(), 'o');
  for (const auto& paint : paints) std::fill(letters.begin() + paint.begin, letters.begin() + paint.end, paint.letter);
  ts_query_cursor_delete(cursor);
  ts_tree_delete(tree);
  return letters;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::fputs("usage: tree_sitter_classes QUERIES FOLDER\n", stderr);
    return 2;
  }
  const auto source = read(std::filesystem::path(arguments[1]) / "highlights.scm");
  std::uint32_t errorOffset = 0;
  TSQueryError error = TSQueryErrorNone;
  TSQuery* query = ts_query_new(tree_sitter_kdsl(), source.data(), static_cast<std::uint32_t>(source.size()), &errorOffset, &error);
  if (query == nullptr) {
    std::fprintf(stderr, "%s: error %d at byte %u: %.40s\n", arguments[1], static_cast<int>(error), errorOffset, source.c_str() + errorOffset);
    return 1;
  }
  TSParser* parser = ts_parser_new();
  if (!ts_parser_set_language(parser, tree_sitter_kdsl())) {
    std::fputs("this version of libtree-sitter does not take the parser's\n", stderr);
    return 1;
  }
  for (const auto& entry : std::filesystem::directory_iterator(arguments[2])) {
    if (entry.path().extension() != ".kdsl") continue;
    auto target = entry.path();
    std::ofstream(target.replace_extension(".classes"), std::ios::binary) << classes(query, parser, read(entry.path()));
  }
  ts_parser_delete(parser);
  ts_query_delete(query);
  return 0;
}
