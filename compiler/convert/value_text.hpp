#pragma once
// Values as kdsl source.
#include <optional>
#include <string>
#include <string_view>

#include "codec/data.hpp"
#include "convert/comments.hpp"
#include "convert/place_types.hpp"

namespace kdsl::convert {

/// Writes data as expressions, by the types of their places.
class ValueText {
 public:
  ValueText(const PlaceTypes& types, Comments& comments) : types_(types), comments_(comments) {}

  /// The body of an object, braces included.
  std::string object(const codec::Data& data, PlaceType type) { return map(data, type, 0); }

 private:
  std::string value(const codec::Data& data, PlaceType type, unsigned depth);
  std::string map(const codec::Data& data, PlaceType type, unsigned depth);
  std::string list(const codec::Data& data, PlaceType type, unsigned depth);
  std::string scalar(const codec::Data& data, PlaceType type, unsigned depth) const;
  std::string blockText(const std::string& text, unsigned depth) const;
  /// On one line, if it is short and has no comments inside.
  std::optional<std::string> inlined(const codec::Data& data, PlaceType type, std::size_t room) const;
  bool isLeftOut(const codec::DataEntry& entry, PlaceType map) const;
  /// Appends the comments before an offset as lines of their own.
  void flush(std::uint32_t offset, unsigned depth, std::string& out);

  const PlaceTypes& types_;
  Comments& comments_;
};

/// A key as a body writes it: bare if it can be, else as a text.
std::string keyText(std::string_view key);

/// First and last byte of what stands in the source for the data.
codec::ByteSpan extentOf(const codec::Data& data);

}  // namespace kdsl::convert
