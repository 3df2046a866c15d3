#pragma once
// What the words of the language and its built-in types mean: words.def.
#include <span>
#include <string_view>

namespace kdsl::sema {

struct Word {
  std::string_view word;
  std::string_view example;
  std::string_view doc;
  bool isType = false;
};

std::span<const Word> words();
/// nullptr if it is no word of the language.
const Word* findWord(std::string_view word);

}  // namespace kdsl::sema
