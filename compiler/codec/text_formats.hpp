#pragma once
// Data as text in whole formats. The functions that can fail say at which key, since not every tree has a form in every format.
#include <string>
#include <string_view>

#include "codec/data.hpp"
#include "codec/json_writer.hpp"

namespace kdsl::codec {

/// The text, or why there is none: `error` is empty on success; `path` is the place in the data, as in `server.ports[0]`.
struct FormatResult {
  std::string text;
  std::string path;
  std::string error;
  bool ok() const { return error.empty(); }
};

/// Keys in the order of the data; see JsonStyle for newlines.
std::string formatJson(const Data& data, JsonStyle style = JsonStyle::Compact);

/// One document, with a newline at the end.
std::string formatYaml(const Data& data);

/// TOML 1.0: `data` is a map; maps become tables, lists of maps arrays of tables. Fails on null.
FormatResult formatToml(const Data& data);

/// Java properties: `data` is a map; nested keys are joined by dots, scalars are their text, null is empty. Fails on lists. ASCII with \uXXXX.
FormatResult formatProperties(const Data& data);

/// INI: `data` is a map of scalars, followed by sections, which are maps of scalars. A list of scalars repeats its key. Fails on deeper data and on
/// newlines in values.
FormatResult formatIni(const Data& data);

/// `NAME=value` lines, as `kubectl create configmap --from-env-file` and `docker --env-file` read them: values are raw. `data` is a map of scalars. Fails on
/// newlines, and on names with `=` or that are empty or begin with `#`.
FormatResult formatEnv(const Data& data);

}  // namespace kdsl::codec
