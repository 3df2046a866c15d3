#pragma once
// Colours of the text renderer.
#include <cstdint>
#include <string>
#include <string_view>

namespace kdsl::diag {

enum class Style : std::uint8_t { Error, Warning, Info, Strong, Frame, Secondary, Added, Removed };

/// Writes styled text, or the text alone when colours are off.
class Painter {
 public:
  Painter(std::string& out, bool color) : out_(out), color_(color) {}

  std::string& plain() { return out_; }
  void paint(Style style, std::string_view text) {
    if (color_) out_ += escape(style);
    out_ += text;
    if (color_) out_ += "\x1b[0m";
  }

 private:
  static std::string_view escape(Style style) {
    switch (style) {
      case Style::Error: return "\x1b[1;31m";
      case Style::Warning: return "\x1b[1;33m";
      case Style::Info: return "\x1b[1;36m";
      case Style::Strong: return "\x1b[1m";
      case Style::Frame:
      case Style::Secondary: return "\x1b[1;34m";
      case Style::Added: return "\x1b[32m";
      case Style::Removed: return "\x1b[31m";
    }
    return "";
  }

  std::string& out_;
  bool color_;
};

}  // namespace kdsl::diag
