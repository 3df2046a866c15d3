#pragma once
// Manual pages from types: `kdsl explain Deployment.spec.strategy`.
#include <optional>
#include <string>
#include <string_view>

#include "sema/workspace.hpp"

namespace kdsl::sema {

/// Tells about a type, or about a field of one by its path: `Deployment.spec.strategy`, `k8s/apps/v1.Deployment`, `Container`, `std/app.WebService.image`,
/// `DnsLabel`; about a built-in function (`min`) or method (`string.upper`); about members of the standard library by their bare name (`drain`). For a path that goes wrong behind a known name, the text says where and
/// names what is near. Nothing if the first name means nothing. Reads no file but those of the standard library.
std::optional<std::string> explain(Workspace& workspace, std::string_view path);

/// The same for a name as `file` sees it: its own declarations and imports first.
std::optional<std::string> explain(Workspace& workspace, std::string_view path, FileId file);

/// The name nearest to one that `explain` knows nothing of; empty if none is near.
std::string nearestPage(Workspace& workspace, std::string_view name);

}  // namespace kdsl::sema
