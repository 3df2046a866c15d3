#include "base/sentence.hpp"

namespace kdsl::base {

std::string firstSentence(std::string_view doc) {
  doc = doc.substr(0, doc.find("\n\n"));
  std::string text;
  for (std::size_t i = 0; i < doc.size(); ++i) {
    text += doc[i] == '\n' ? ' ' : doc[i];
    const bool endsHere = (doc[i] == '.' || doc[i] == '!' || doc[i] == '?') && i + 1 < doc.size() && (doc[i + 1] == ' ' || doc[i + 1] == '\n');
    if (endsHere) break;
  }
  return text;
}

}  // namespace kdsl::base
