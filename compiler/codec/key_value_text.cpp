// Properties, INI and environment files: formats of keys and text.
#include <optional>
#include <string>
#include <string_view>

#include "codec/float_text.hpp"
#include "codec/format_walk.hpp"
#include "codec/text_formats.hpp"
#include "codec/utf8.hpp"

namespace kdsl::codec {

std::optional<std::string> scalarText(const Data& data) {
  switch (data.kind()) {
    case Data::Kind::Null: return std::string{};
    case Data::Kind::Bool: return data.asBool() ? "true" : "false";
    case Data::Kind::Integer: return std::to_string(data.asInteger());
    case Data::Kind::Float: {
      std::string text;
      appendFloat(text, data.asFloat());
      return text;
    }
    case Data::Kind::String: return data.asString();
    case Data::Kind::List:
    case Data::Kind::Map: break;
  }
  return std::nullopt;
}

namespace {

/// Walks the data, and stops at the first node that the format cannot hold.
class KeyValueWriter {
 public:
  FormatResult properties(const Data& data) {
    if (!data.isMap()) return failed("properties are made from a map");
    propertyEntries(data);
    return finish();
  }

  FormatResult ini(const Data& data) {
    if (!data.isMap()) return failed("an INI file is made from a map");
    for (const DataEntry& entry : data.entries()) {  // before the first section, or they would fall into it
      const DataPath::Step step{path_, entry.key};
      if (!entry.value.isMap() && !iniEntry(entry.key, entry.value)) return finish();
    }
    for (const DataEntry& entry : data.entries()) {
      const DataPath::Step step{path_, entry.key};
      if (entry.value.isMap() && !iniSection(entry.key, entry.value)) return finish();
    }
    return finish();
  }

  FormatResult env(const Data& data) {
    if (!data.isMap()) return failed("an environment file is made from a map");
    for (const DataEntry& entry : data.entries()) {
      const DataPath::Step step{path_, entry.key};
      if (entry.key.empty() || entry.key.front() == '#' || entry.key.find_first_of("= \t\r\n") != std::string::npos) return failed("this is no name of a variable");
      const auto text = lineOf(entry.value);
      if (!text) return finish();
      result_.text += entry.key + '=' + *text + '\n';
    }
    return finish();
  }

 private:
  FormatResult finish() { return std::move(result_); }

  bool fail(std::string_view error) {
    result_ = {{}, path_.text(), std::string(error)};
    return false;
  }

  FormatResult failed(std::string_view error) {
    fail(error);
    return finish();
  }

  /// A scalar on one line, or nullopt after reporting why not.
  std::optional<std::string> lineOf(const Data& value) {
    auto text = scalarText(value);
    if (!text) {
      fail("a list or map has no place here");
    } else if (text->find_first_of("\r\n") != std::string::npos) {
      fail("this format has no text of several lines");
      return std::nullopt;
    }
    return text;
  }

  bool propertyEntries(const Data& map) {
    for (const DataEntry& entry : map.entries()) {
      const DataPath::Step step{path_, entry.key};
      if (entry.value.isMap()) {
        if (!propertyEntries(entry.value)) return false;
        continue;
      }
      const auto text = scalarText(entry.value);
      if (!text) return fail("properties have no lists");
      appendProperty(path_.text(), true);
      result_.text += '=';
      appendProperty(*text, false);
      result_.text += '\n';
    }
    return true;
  }

  /// As Java's Properties.store does: controls and all beyond ASCII as \uXXXX in UTF-16; blanks and separators in keys, a blank in front of a value, escaped.
  void appendProperty(std::string_view text, bool isKey) {
    std::string& out = result_.text;
    for (std::size_t at = 0; at < text.size();) {
      const Utf8Char next = decodeUtf8(text.substr(at, 4));
      const char32_t code = next.codePoint;
      switch (code) {
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        case '\\': out += "\\\\"; break;
        case ' ': out += isKey || at == 0 ? "\\ " : " "; break;
        case '=': case ':': case '#': case '!':
          out += '\\';
          out += static_cast<char>(code);
          break;
        default:
          if (code >= 0x20 && code < 0x7F) {
            out += static_cast<char>(code);
          } else if (code < 0x10000) {
            appendUnit(code);
          } else {
            appendUnit(0xD800 + ((code - 0x10000) >> 10));
            appendUnit(0xDC00 + ((code - 0x10000) & 0x3FF));
          }
      }
      at += next.size == 0 ? 1 : next.size;
    }
  }

  void appendUnit(char32_t unit) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    result_.text += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) result_.text += digits[(unit >> shift) & 0xF];
  }

  bool iniEntry(std::string_view key, const Data& value) {
    if (value.isList()) {
      for (std::size_t i = 0; i < value.items().size(); ++i) {
        const DataPath::Step step{path_, i};
        const Data& item = value.items()[i];
        if (item.isList()) return fail("a list or map has no place here");
        if (!iniEntry(key, item)) return false;
      }
      return true;
    }
    if (!isIniName(key)) return fail("this key cannot be written in an INI file");
    const auto text = lineOf(value);
    if (!text) return false;
    result_.text += key;
    result_.text += " = " + *text + '\n';
    return true;
  }

  bool iniSection(std::string_view name, const Data& section) {
    if (!isIniName(name) || name.find(']') != std::string_view::npos) return fail("this name cannot be written as an INI section");
    if (!result_.text.empty()) result_.text += '\n';
    result_.text += '[';
    result_.text += name;
    result_.text += "]\n";
    for (const DataEntry& entry : section.entries()) {
      const DataPath::Step step{path_, entry.key};
      if (!iniEntry(entry.key, entry.value)) return false;
    }
    return true;
  }

  static bool isIniName(std::string_view text) {
    return !text.empty() && text.find_first_of("=\r\n") == std::string_view::npos && std::string_view{"[;# "}.find(text.front()) == std::string_view::npos && text.back() != ' ';
  }

  FormatResult result_;
  DataPath path_;
};

}  // namespace

FormatResult formatProperties(const Data& data) { return KeyValueWriter{}.properties(data); }

FormatResult formatIni(const Data& data) { return KeyValueWriter{}.ini(data); }

FormatResult formatEnv(const Data& data) { return KeyValueWriter{}.env(data); }

}  // namespace kdsl::codec
