#pragma once
// Document URIs and the paths that the compiler knows files by.
#include <string>
#include <string_view>

namespace kdsl::lsp {

/// The path of a document: of `file:` URIs the decoded, normalised absolute path; of `kdsl:/std/app.kdsl` the virtual path of a module in
/// the binary; any other URI (`untitled:Untitled-1`) in angle brackets, which the compiler takes for a file that is not on disk. Total:
/// malformed escapes stand for themselves.
std::string pathOfUri(std::string_view uri);

/// The inverse: every byte of a path outside the unreserved ones is escaped.
std::string uriOfPath(std::string_view path);

/// `%3D` as `=`, and back: what else may stand in a path stays as it is.
std::string decodedUri(std::string_view text);
std::string encodedUri(std::string_view text);

}  // namespace kdsl::lsp
