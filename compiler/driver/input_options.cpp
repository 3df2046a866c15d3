#include "driver/input_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace kdsl::driver {
namespace {

std::string setParameters(const std::vector<std::string>& given, std::vector<query::Parameter>& parameters) {
  parameters.clear();
  for (const auto& text : given) {
    const auto sign = text.find('=');
    if (sign == std::string::npos || sign == 0) return fmt::format("`--param` wants NAME=VALUE, not `{}`", text);
    parameters.push_back({text.substr(0, sign), text.substr(sign + 1), "-p " + text});
  }
  return {};
}

/// The minor version of `1.34` or `v1.34`; 0 for anything else.
int minorOf(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  if (!text.starts_with("1.")) return 0;
  text.remove_prefix(2);
  int minor = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), minor);
  return error == std::errc() && end == text.data() + text.size() ? minor : 0;
}

std::string setKubernetes(std::string_view text, int& chosen) {
  const auto known = query::Session::kubernetesMinors();
  const auto minor = minorOf(text);
  if (std::find(known.begin(), known.end(), minor) != known.end()) {
    chosen = minor;
    return {};
  }
  return fmt::format("`--kubernetes` wants a version from 1.{} to 1.{}, not `{}`", known.front(), known.back(), text);
}

}  // namespace

void addInputOptions(Command& command, InputOptions& options) {
  command.add({.names = "-p,--param",
               .placeholder = "NAME=VALUE",
               .description = "Set a parameter of the files; may be given several times",
               .words = {},
               .repeated = true,
               .set = [&options](const auto& given) { return setParameters(given, options.parameters); }});
  command.add({.names = "--kubernetes",
               .placeholder = "VERSION",
               .description = "The version of the Kubernetes API to check against, such as 1.34. Default: the newest known",
               .words = {},
               .set = [&options](const auto& given) { return setKubernetes(given.back(), options.kubernetesMinor); }});
  command.number("-j,--jobs", "N", options.jobs, 1, 1024, "Work on so many files at once. Default: one for each processor");
  command.flag("--time", options.timings, "Tell on standard error how long each phase took");
}

}  // namespace kdsl::driver
