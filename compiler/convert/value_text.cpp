#include "convert/value_text.hpp"

#include <algorithm>

#include "codec/float_text.hpp"
#include "syntax/literal.hpp"
#include "syntax/token.hpp"
#include "units/duration.hpp"
#include "units/quantity.hpp"

namespace kdsl::convert {

using codec::ByteSpan;
using codec::Data;
using codec::DataEntry;

namespace {

constexpr std::size_t lineWidth = 100;
constexpr unsigned indentWidth = 2;

std::string indentation(unsigned depth) { return std::string(std::size_t{depth} * indentWidth, ' '); }

/// A quantity or duration as a literal, if it can be written as one.
std::optional<std::string> literalOf(const std::string& text, TextForm form) {
  if (form == TextForm::Text) return std::nullopt;
  if (form == TextForm::Duration) {
    const auto duration = units::Duration::parse(text);
    // `2160h0m0s` is `90d`.
    return duration && duration->nanoseconds() >= 0 ? std::optional(duration->text()) : std::nullopt;
  }
  if (!units::Quantity::parse(text)) return std::nullopt;
  const auto sort = syntax::classifyNumber(text);
  const bool isPlain = sort != syntax::NumberClass::Bad && !text.empty() && text.front() >= '0' && text.front() <= '9';
  if (!isPlain || (sort == syntax::NumberClass::Int && text.size() > 1 && text.front() == '0')) return std::nullopt;
  return text;
}

bool isRecord(const Data& data) { return data.isMap() && !data.entries().empty(); }

}  // namespace

std::string keyText(std::string_view key) { return syntax::isBareWord(key) ? std::string(key) : syntax::quoted(key); }

ByteSpan extentOf(const Data& data) {
  auto span = data.span();
  const auto join = [&](ByteSpan other) { span = span == ByteSpan{} ? other : ByteSpan{std::min(span.begin, other.begin), std::max(span.end, other.end)}; };
  if (data.isMap()) {
    for (const auto& entry : data.entries()) {
      join(entry.keySpan);
      join(extentOf(entry.value));
    }
  } else if (data.isList()) {
    for (const auto& item : data.items()) join(extentOf(item));
  }
  return span;
}

bool ValueText::isLeftOut(const DataEntry& entry, PlaceType map) const {
  // Null says the same as leaving the key out.
  return entry.value.isNull() || types_.isLeftOut(map, entry.key);
}

void ValueText::flush(std::uint32_t offset, unsigned depth, std::string& out) {
  for (const auto& comment : comments_.before(offset)) out += indentation(depth) + comment + "\n";
}

std::string ValueText::blockText(const std::string& text, unsigned depth) const {
  // The blanks before the closing quotes are taken off every line.
  const auto indent = indentation(depth + 1);
  std::string out = "\"\"\"\n";
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    auto line = text.substr(at, end - at);
    std::string escaped;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const bool ends = line[i] == '"' && line.compare(i, 3, "\"\"\"") == 0;
      if (line[i] == '\\' || line[i] == '$' || ends) escaped += '\\';
      escaped += line[i];
    }
    out += (escaped.empty() ? "" : indent + escaped) + "\n";
    at = end + 1;
  }
  return out + indent + "\"\"\"";
}

std::string ValueText::scalar(const Data& data, PlaceType type, unsigned depth) const {
  switch (data.kind()) {
    case Data::Kind::Bool: return data.asBool() ? "true" : "false";
    case Data::Kind::Integer: return std::to_string(data.asInteger());
    case Data::Kind::Float: {
      std::string text;
      codec::appendFloat(text, data.asFloat());
      return text;
    }
    case Data::Kind::String: {
      const auto& text = data.asString();
      if (const auto literal = literalOf(text, types_.form(type))) return *literal;
      // A block ends with a line break; control characters other than that are clearer as escapes.
      const bool isPlain = std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 && c != '\n'; });
      const bool isBlock = isPlain && text.ends_with('\n') && text.find_first_not_of('\n') != std::string::npos && text.front() != '\n';
      return isBlock ? blockText(text, depth) : syntax::quoted(text);
    }
    default: return "null";
  }
}

std::optional<std::string> ValueText::inlined(const Data& data, PlaceType type, std::size_t room) const {
  std::string out;
  if (data.isMap()) {
    for (const auto& entry : data.entries()) {
      if (isLeftOut(entry, type)) continue;
      const auto inner = inlined(entry.value, types_.member(type, entry.key), room);
      if (!inner) return std::nullopt;
      out += (out.empty() ? "{ " : ", ") + keyText(entry.key) + ": " + *inner;
      if (out.size() > room) return std::nullopt;
    }
    return out.empty() ? "{ }" : out + " }";
  }
  if (data.isList()) {
    for (const auto& item : data.items()) {
      const auto inner = inlined(item, types_.element(type), room);
      if (!inner) return std::nullopt;
      out += (out.empty() ? "[" : ", ") + *inner;
      if (out.size() > room) return std::nullopt;
    }
    return out.empty() ? "[]" : out + "]";
  }
  out = scalar(data, type, 0);
  if (out.size() > room || out.find('\n') != std::string::npos) return std::nullopt;
  return out;
}

std::string ValueText::value(const Data& data, PlaceType type, unsigned depth) {
  if (data.isMap()) return map(data, type, depth);
  if (data.isList()) return list(data, type, depth);
  return scalar(data, type, depth);
}

std::string ValueText::map(const Data& data, PlaceType type, unsigned depth) {
  std::string out;
  for (const auto& first : data.entries()) {
    if (isLeftOut(first, type)) continue;
    // Behind the key of a block: what follows is on lines of its own.
    const auto begin = extentOf(first.value).begin;
    const bool isBlock = (first.value.isMap() || first.value.isList()) && begin > first.keySpan.end && comments_.spansLines(first.keySpan.end, begin);
    const auto comment = isBlock ? comments_.behind(first.keySpan.end) : std::nullopt;
    flush(first.keySpan.begin, depth + 1, out);
    if (comment) out += indentation(depth + 1) + *comment + "\n";

    // `a: { b: x }` is `a.b: x`.
    auto key = keyText(first.key);
    auto entryType = types_.member(type, first.key);
    const auto* entry = &first.value;
    const auto isBare = [](std::string_view word) { return syntax::isBareWord(word); };
    while (isRecord(*entry) && entry->entries().size() == 1 && isBare(key.substr(key.rfind('.') + 1)) && isBare(entry->entries()[0].key) &&
           !isLeftOut(entry->entries()[0], entryType) && !comments_.within(entry->entries()[0].keySpan.begin, entry->entries()[0].keySpan.end)) {
      const auto& only = entry->entries()[0];
      key += "." + only.key;
      entryType = types_.member(entryType, only.key);
      entry = &only.value;
    }
    const auto line = indentation(depth + 1) + key + ": ";
    const auto extent = extentOf(*entry);
    const bool isQuiet = !comments_.within(extent.begin, extent.end);
    const auto shortText = isQuiet && line.size() < lineWidth ? inlined(*entry, entryType, lineWidth - line.size()) : std::nullopt;
    out += line + (shortText ? *shortText : value(*entry, entryType, depth + 1));
    if (const auto behind = comments_.behind(extent.end)) out += " " + *behind;
    out += "\n";
  }
  return out.empty() ? "{ }" : "{\n" + out + indentation(depth) + "}";
}

std::string ValueText::list(const Data& data, PlaceType type, unsigned depth) {
  std::string out;
  for (const auto& item : data.items()) {
    const auto extent = extentOf(item);
    flush(extent.begin, depth + 1, out);
    const auto line = indentation(depth + 1);
    const auto shortText = comments_.within(extent.begin, extent.end) ? std::nullopt : inlined(item, types_.element(type), lineWidth - std::min(line.size(), lineWidth));
    out += line + (shortText ? *shortText : value(item, types_.element(type), depth + 1));
    if (const auto behind = comments_.behind(extent.end)) out += " " + *behind;
    out += "\n";
  }
  return out.empty() ? "[]" : "[\n" + out + indentation(depth) + "]";
}

}  // namespace kdsl::convert
