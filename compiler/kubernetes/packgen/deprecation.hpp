// Deprecation notices in the documentation of fields.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kdsl::kubernetes::packgen {

struct DeprecationNotice {
  std::string message;      ///< the notice without the word "Deprecated", first letter upper case
  std::string replacement;  ///< the word that the notice says to use, as written; may be no field
};

/// The notice in `doc` that says that the field itself is deprecated. Nothing when the word only concerns one of its values, an annotation, or
/// what the field describes.
std::optional<DeprecationNotice> findDeprecation(std::string_view doc);

}  // namespace kdsl::kubernetes::packgen
