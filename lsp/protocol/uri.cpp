#include "lsp/protocol/uri.hpp"

#include <filesystem>

namespace kdsl::lsp {
namespace {

constexpr std::string_view fileScheme = "file:";
constexpr std::string_view builtInScheme = "kdsl:/";

int hexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = hexDigit(text[i + 1]), low = hexDigit(text[i + 2]);
      if (high >= 0 && low >= 0) {
        out += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

bool isUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~' ||
         c == '/';
}

std::string encoded(std::string_view path) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : path) {
    if (isUnreserved(c)) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  return out;
}

}  // namespace

std::string decodedUri(std::string_view text) { return decoded(text); }
std::string encodedUri(std::string_view text) { return encoded(text); }

std::string pathOfUri(std::string_view uri) {
  if (uri.starts_with(builtInScheme)) return decoded(uri.substr(builtInScheme.size()));
  if (!uri.starts_with(fileScheme)) return "<" + std::string(uri) + ">";
  auto rest = uri.substr(fileScheme.size());
  // `file:/path` is the short form. `file://host/path`: only the local machine's files can be meant.
  const auto slash = rest.find('/', rest.starts_with("//") ? 2 : 0);
  rest = slash == std::string_view::npos ? std::string_view("/") : rest.substr(slash);
  const auto tail = rest.find_first_of("?#");
  if (tail != std::string_view::npos) rest = rest.substr(0, tail);
  return std::filesystem::path(decoded(rest)).lexically_normal().string();
}

std::string uriOfPath(std::string_view path) {
  if (path.starts_with('/')) return std::string(fileScheme) + "//" + encoded(path);
  if (path.size() >= 2 && path.starts_with('<') && path.ends_with('>')) return std::string(path.substr(1, path.size() - 2));
  return std::string(builtInScheme) + encoded(path);
}

}  // namespace kdsl::lsp
