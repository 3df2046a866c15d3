#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "codec/float_text.hpp"
#include "codec/format_walk.hpp"
#include "codec/text_formats.hpp"
#include "codec/utf8.hpp"

namespace kdsl::codec {
namespace {

bool isBareKey(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](char c) {
    const char lower = static_cast<char>(c | 0x20);
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

void appendQuoted(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Char next = decodeUtf8(text.substr(at, 4));
    switch (next.codePoint) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      case '\r': out += "\\r"; break;
      default:
        if (next.codePoint < 0x20 || next.codePoint == 0x7F) {
          out += "\\u00";
          out += digits[next.codePoint >> 4];
          out += digits[next.codePoint & 0xF];
        } else {
          appendUtf8(out, next.codePoint);
        }
    }
    at += next.size == 0 ? 1 : next.size;
  }
  out += '"';
}

void appendKey(std::string& out, std::string_view key) {
  if (isBareKey(key)) {
    out += key;
  } else {
    appendQuoted(out, key);
  }
}

bool isListOfMaps(const Data& value) { return value.isList() && !value.items().empty() && std::ranges::all_of(value.items(), &Data::isMap); }

/// In a table, plain values come first, then tables and arrays of tables: a line after a header belongs to that header.
bool hasOwnHeader(const Data& value) { return value.isMap() || isListOfMaps(value); }

class TomlWriter {
 public:
  FormatResult write(const Data& data) {
    if (!data.isMap()) {
      fail("a TOML document is made from a map");
    } else {
      table(data, {});
    }
    return std::move(result_);
  }

 private:
  bool fail(std::string_view error) {
    result_ = {{}, path_.text(), std::string(error)};
    return false;
  }

  /// The lines of a table; `header` is its dotted name.
  bool table(const Data& map, const std::string& header) {
    for (const DataEntry& entry : map.entries()) {
      if (hasOwnHeader(entry.value)) continue;
      const DataPath::Step step{path_, entry.key};
      appendKey(result_.text, entry.key);
      result_.text += " = ";
      if (!value(entry.value)) return false;
      result_.text += '\n';
    }
    for (const DataEntry& entry : map.entries()) {
      if (!hasOwnHeader(entry.value)) continue;
      const DataPath::Step step{path_, entry.key};
      std::string name = header;
      if (!name.empty()) name += '.';
      appendKey(name, entry.key);
      if (entry.value.isMap()) {
        if (!section(entry.value, name, "[", "]\n")) return false;
        continue;
      }
      for (std::size_t i = 0; i < entry.value.items().size(); ++i) {
        const DataPath::Step item{path_, i};
        if (!section(entry.value.items()[i], name, "[[", "]]\n")) return false;
      }
    }
    return true;
  }

  bool section(const Data& map, const std::string& name, std::string_view open, std::string_view close) {
    // A table that has nothing but tables needs no header of its own.
    const bool needsHeader = open == "[[" || map.entries().empty() || !std::ranges::all_of(map.entries(), [](const DataEntry& entry) { return hasOwnHeader(entry.value); });
    if (needsHeader) {
      if (!result_.text.empty()) result_.text += '\n';
      result_.text += open;
      result_.text += name;
      result_.text += close;
    }
    return table(map, name);
  }

  /// A value on the line of its key.
  bool value(const Data& data) {
    std::string& out = result_.text;
    switch (data.kind()) {
      case Data::Kind::Null: return fail("TOML has no null");
      case Data::Kind::Bool: out += data.asBool() ? "true" : "false"; return true;
      case Data::Kind::Integer: out += std::to_string(data.asInteger()); return true;
      case Data::Kind::Float:
        if (std::isnan(data.asFloat())) {
          out += "nan";
        } else if (std::isinf(data.asFloat())) {
          out += data.asFloat() < 0 ? "-inf" : "inf";
        } else {
          appendFloat(out, data.asFloat());
        }
        return true;
      case Data::Kind::String: appendQuoted(out, data.asString()); return true;
      case Data::Kind::List: return inlineList(data);
      case Data::Kind::Map: return inlineTable(data);
    }
    return true;
  }

  bool inlineList(const Data& data) {
    result_.text += '[';
    for (std::size_t i = 0; i < data.items().size(); ++i) {
      const DataPath::Step step{path_, i};
      if (i != 0) result_.text += ", ";
      if (!value(data.items()[i])) return false;
    }
    result_.text += ']';
    return true;
  }

  bool inlineTable(const Data& data) {
    result_.text += '{';
    bool first = true;
    for (const DataEntry& entry : data.entries()) {
      const DataPath::Step step{path_, entry.key};
      result_.text += first ? " " : ", ";
      first = false;
      appendKey(result_.text, entry.key);
      result_.text += " = ";
      if (!value(entry.value)) return false;
    }
    result_.text += first ? "}" : " }";
    return true;
  }

  FormatResult result_;
  DataPath path_;
};

}  // namespace

FormatResult formatToml(const Data& data) { return TomlWriter{}.write(data); }

}  // namespace kdsl::codec
