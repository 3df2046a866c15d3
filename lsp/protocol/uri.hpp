#pragma once
// Document URIs and the paths that the compiler knows files by.
#include <string>
#include <string_view>

namespace kdsl::lsp {

/// The path of a document: of `file:` URIs the decoded, normalised absolute path; any other URI (`untitled:Untitled-1`) is its own path.
/// Total: malformed escapes stand for themselves.
std::string pathOfUri(std::string_view uri);

/// `file:///…` for an absolute path, every byte outside the unreserved ones escaped. Any other path is taken to be a URI already, or
/// (for a module inside the binary, `std/app.kdsl`) gets the scheme `kdsl:`.
std::string uriOfPath(std::string_view path);

}  // namespace kdsl::lsp
