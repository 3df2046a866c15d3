#pragma once
#include <nlohmann/json.hpp>

#include "source/file.hpp"

namespace kdsl::driver {

/// A place as all JSON of the command writes it: file, begin and end with line, column and offset; null for a location without a file.
nlohmann::ordered_json placeJson(const source::FileTable& files, const source::Location& at);

}  // namespace kdsl::driver
