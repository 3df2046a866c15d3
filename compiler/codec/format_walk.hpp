#pragma once
// Paths and scalars for the formats that hold less than JSON. Not for use outside this folder.
#include <optional>
#include <string>
#include <string_view>

#include "codec/data.hpp"
#include "codec/text_formats.hpp"

namespace kdsl::codec {

/// The place of a node while a tree is walked, as in `server.ports[0]`.
class DataPath {
 public:
  /// Extends the path for as long as it lives.
  class Step {
   public:
    Step(DataPath& path, std::string_view key) : path_(path), before_(path.text_.size()) {
      if (before_ != 0) path.text_ += '.';
      path.text_ += key;
    }
    Step(DataPath& path, std::size_t index) : path_(path), before_(path.text_.size()) {
      path.text_ += '[';
      path.text_ += std::to_string(index);
      path.text_ += ']';
    }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;
    ~Step() { path_.text_.resize(before_); }

   private:
    DataPath& path_;
    std::size_t before_;
  };

  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// The text of a scalar where a format knows nothing but text: null is empty. nullopt for lists and maps.
std::optional<std::string> scalarText(const Data& data);

}  // namespace kdsl::codec
