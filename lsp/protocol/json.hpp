#pragma once
// The JSON value of the protocol. Keys keep their sorted order, so equal messages have equal text.
#include <nlohmann/json_fwd.hpp>

namespace kdsl::lsp {

using Json = nlohmann::json;

}  // namespace kdsl::lsp
