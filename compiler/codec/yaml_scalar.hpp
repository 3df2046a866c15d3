#pragma once
// How text is written as a YAML scalar so that every reader (YAML 1.1 and 1.2) reads the same text back.
#include <cstddef>
#include <string>
#include <string_view>

namespace kdsl::codec {

/// True if `text` may stand without quotes, as a value or a key. The rule is on the safe side: see docs/internals/yaml.md. O(n).
bool isPlainYaml(std::string_view text);

/// True if `text` is written as a literal block (`|`): several lines of printable ASCII that a block keeps exactly. O(n).
bool isLiteralYaml(std::string_view text);

/// Appends `text` in double quotes. Bytes that are no UTF-8 become U+FFFD.
void appendQuotedYaml(std::string& out, std::string_view text);

/// Appends `text` plain or in double quotes, on one line: the form of keys.
inline void appendInlineYaml(std::string& out, std::string_view text) {
  if (isPlainYaml(text)) {
    out.append(text);
  } else {
    appendQuotedYaml(out, text);
  }
}

/// Appends a literal block from its `|` to its last newline; its lines are indented by `indent` (at least 1). isLiteralYaml(text) holds.
void appendLiteralYaml(std::string& out, std::string_view text, std::size_t indent);

}  // namespace kdsl::codec
