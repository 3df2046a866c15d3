#include "kubernetes/packgen/deprecation.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "kubernetes/packgen/facts.hpp"

namespace kdsl::kubernetes::packgen {

namespace {

std::string_view trim(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  });
}

/// The text from after a "Deprecated:" that begins a sentence to the end.
std::string_view afterMarker(std::string_view doc) {
  for (const std::string_view marker : {"Deprecated:", "DEPRECATED:", "Deprecated."}) {
    const size_t at = doc.find(marker);
    if (at == std::string_view::npos) continue;
    if (marker.ends_with('.') && at != 0) continue;
    return trim(doc.substr(at + marker.size()));
  }
  return {};
}

/// The sentence that holds one of the phrases in which the API calls a field deprecated.
std::string_view sentenceWithPhrase(std::string_view doc) {
  static constexpr std::array<std::string_view, 4> kPhrases = {"field is deprecated", "is the deprecated field", "considered as deprecated",
                                                               "now is deprecated"};
  for (const std::string_view phrase : kPhrases) {
    const size_t at = doc.find(phrase);
    if (at == std::string_view::npos) continue;
    const size_t before = doc.rfind(". ", at);
    const size_t begin = before == std::string_view::npos ? 0 : before + 2;
    const size_t end = std::min(doc.find(". ", at), doc.size());
    std::string_view sentence = trim(doc.substr(begin, end - begin));
    // A link before the sentence ends without a full stop.
    if (const size_t link = sentence.find("More info: "); link != std::string_view::npos) {
      sentence.remove_prefix(std::min(sentence.find(' ', link + std::string_view("More info: ").size()), sentence.size()));
    }
    return trim(sentence);
  }
  return {};
}

/// The word after "use" or "replaced by".
std::string wordToUse(std::string_view message) {
  for (const std::string_view phrase : {"Use ", "use the ", "use ", "replaced by "}) {
    const size_t at = message.find(phrase);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = message.substr(at + phrase.size());
    const auto end = std::ranges::find_if_not(rest, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; });
    return std::string(rest.begin(), end);
  }
  return {};
}

}  // namespace

std::optional<DeprecationNotice> findDeprecation(std::string_view doc) {
  std::string_view notice = afterMarker(doc);
  if (notice.empty()) notice = sentenceWithPhrase(doc);
  if (notice.empty()) return std::nullopt;
  // Links that follow the notice, and the next paragraph, are about the field itself.
  notice = notice.substr(0, notice.find("More info:"));
  notice = trim(notice.substr(0, notice.find("\n\n")));
  DeprecationNotice result{std::string(notice), wordToUse(notice)};
  if (!result.message.empty()) result.message[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(result.message[0])));
  return result;
}

void applyDeprecations(Model& model) {
  for (Api& api : model.apis) {
    for (auto& [name, definition] : api.definitions) {
      for (ApiField& field : definition.fields) {
        auto notice = findDeprecation(field.doc);
        if (!notice) continue;
        field.isDeprecated = true;
        field.deprecation = std::move(notice->message);
        const auto sibling = std::ranges::find_if(definition.fields, [&](const ApiField& other) {
          return &other != &field && equalsIgnoringCase(other.name, notice->replacement);
        });
        if (sibling != definition.fields.end()) field.replacement = sibling->name;
      }
    }
  }
}

}  // namespace kdsl::kubernetes::packgen
