#include "sema/words.hpp"

#include <algorithm>

namespace kdsl::sema {

std::span<const Word> words() {
  static constexpr Word all[] = {
#define KD_WORD(word, example, doc) {word, example, doc, false},
#define KD_TYPE(word, example, doc) {word, example, doc, true},
#include "sema/words.def"
#undef KD_WORD
#undef KD_TYPE
  };
  return all;
}

const Word* findWord(std::string_view word) {
  const auto all = words();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Word& candidate) { return candidate.word == word; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace kdsl::sema
