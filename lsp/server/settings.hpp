#pragma once
// What a user can choose about the server.
#include "lsp/protocol/json.hpp"

namespace kdsl::lsp {

struct Settings {
  /// Kinds of inlay hints; see query::HintKind.
  struct InlayHints {
    bool types = true;
    bool parameters = true;
    bool values = true;
    bool defaults = false;
    bool units = false;
    friend bool operator==(const InlayHints&, const InlayHints&) = default;
  };
  InlayHints inlayHints;

  /// Takes over what `{inlayHints: {types, …}}` says; what is missing or malformed stays as it is.
  void read(const Json& options);
};

}  // namespace kdsl::lsp
