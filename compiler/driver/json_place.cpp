#include "driver/json_place.hpp"

#include "diag/place.hpp"

namespace kdsl::driver {

nlohmann::ordered_json placeJson(const source::FileTable& files, const source::Location& at) {
  const auto place = diag::placeOf(files, at);
  if (place.file == nullptr) return nullptr;
  const auto position = [](source::LineColumn where, std::uint32_t offset) { return nlohmann::ordered_json{{"line", where.line}, {"column", where.column}, {"offset", offset}}; };
  nlohmann::ordered_json json = {{"file", place.file->displayPath}, {"begin", position(place.begin, at.span.begin)}, {"end", position(place.end, at.span.end)}};
  if (place.file->builtIn) json["builtIn"] = true;
  return json;
}

}  // namespace kdsl::driver
