#include "lsp/server/settings.hpp"

#include <nlohmann/json.hpp>

#include "lsp/protocol/types.hpp"

namespace kdsl::lsp {

void Settings::read(const Json& options) {
  const auto take = [&](const char* name, bool& value) {
    const auto& given = at(options, {"inlayHints", name});
    if (given.is_boolean()) value = given.get<bool>();
  };
  take("types", inlayHints.types);
  take("parameters", inlayHints.parameters);
  take("values", inlayHints.values);
  take("defaults", inlayHints.defaults);
  take("units", inlayHints.units);
}

}  // namespace kdsl::lsp
