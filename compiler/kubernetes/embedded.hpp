// Where the build put the schema data.
#pragma once

#include "kubernetes/blob.hpp"

namespace kdsl::kubernetes {

/// The header of the embedded data, which is valid: the build checks what it writes.
const blob::Header* embeddedHeader();

}  // namespace kdsl::kubernetes
