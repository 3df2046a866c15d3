// Text in encodings of bytes. What does not decode to text gives absent.
#include "codec/binary_text.hpp"
#include "eval/builtins/bind.hpp"
#include "eval/builtins/tables.hpp"
#include "source/utf8.hpp"

namespace kdsl::eval::builtins {
namespace {

using types::Builtin;
using Text = std::string_view;

/// Values are UTF-8: other bytes are no text.
std::optional<std::string> ifText(std::optional<std::string> bytes) {
  if (bytes && source::firstInvalidUtf8(*bytes) != std::string::npos) return std::nullopt;
  return bytes;
}

std::string base64(Text text) { return codec::encodeBase64(text); }
std::optional<std::string> base64Decode(Text text) { return ifText(codec::decodeBase64(text)); }
std::string hex(Text text) { return codec::encodeHex(text); }
std::optional<std::string> hexDecode(Text text) { return ifText(codec::decodeHex(text)); }
std::string urlEncode(Text text) { return codec::encodePercent(text); }
std::optional<std::string> urlDecode(Text text) { return ifText(codec::decodePercent(text)); }

constexpr Implementation kImplementations[] = {
    {Builtin::string_base64, bound<base64>},       {Builtin::string_base64Decode, bound<base64Decode>},
    {Builtin::string_hex, bound<hex>},             {Builtin::string_hexDecode, bound<hexDecode>},
    {Builtin::string_urlEncode, bound<urlEncode>}, {Builtin::string_urlDecode, bound<urlDecode>},
};

}  // namespace

std::span<const Implementation> encodingImplementations() { return kImplementations; }

}  // namespace kdsl::eval::builtins
