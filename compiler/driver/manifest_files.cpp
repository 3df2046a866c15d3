#include "driver/manifest_files.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <unordered_map>
#include <unordered_set>

namespace kdsl::driver {
namespace {

namespace fs = std::filesystem;

std::string_view extensionOf(bool isYaml) { return isYaml ? ".yaml" : ".json"; }

void appendObjects(std::string& out, const std::vector<query::Rendered>& objects, bool isYaml) {
  for (const auto& object : objects) {
    if (isYaml && !out.empty()) out += "---\n";
    out += object.text;
  }
}

/// The name of the file that an input's objects go to, without extension.
std::string stemOf(const std::string& input) { return input == "-" ? "stdin" : fs::path(input).stem().string(); }

/// True if all inputs have names of their own.
bool namesDiffer(const std::vector<InputObjects>& inputs, std::string& problem) {
  std::unordered_map<std::string, std::string> inputOf;
  for (const auto& input : inputs) {
    const auto [known, isNew] = inputOf.emplace(stemOf(input.input), input.input);
    if (isNew) continue;
    problem = fmt::format("`{}` and `{}` would be written to the same place, `{}`", known->second, input.input, known->first);
    return false;
  }
  return true;
}

/// Names of objects may hold what names of files may not (`system:node`), and the file system may not tell upper from lower case.
std::string fileName(std::string_view text) {
  std::string name;
  for (const char c : text) {
    const bool isPlain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    if (c >= 'A' && c <= 'Z') {
      name += static_cast<char>(c - 'A' + 'a');
    } else {
      name += isPlain ? c : '_';
    }
  }
  return name;
}

std::vector<ManifestFile> splitInto(const fs::path& folder, const std::vector<query::Rendered>& objects, bool isYaml) {
  const auto shortName = [](const query::Rendered& object) { return fileName(object.kind) + "-" + fileName(object.name); };
  std::unordered_map<std::string, unsigned> uses;
  for (const auto& object : objects) ++uses[shortName(object)];

  std::vector<ManifestFile> files;
  files.reserve(objects.size());
  std::unordered_set<std::string> taken;
  const auto inFolder = (folder / "").string();
  for (const auto& object : objects) {
    auto name = shortName(object);
    if (uses[name] > 1 && !object.namespace_.empty()) name += "-" + fileName(object.namespace_);
    const auto base = name;
    for (unsigned number = 2; !taken.insert(name).second; ++number) name = fmt::format("{}-{}", base, number);
    files.push_back({fmt::format("{}{}{}", inFolder, name, extensionOf(isYaml)), object.text});
  }
  return files;
}

}  // namespace

std::string joined(const std::vector<InputObjects>& inputs, bool isYaml) {
  std::string out;
  for (const auto& input : inputs) appendObjects(out, input.objects, isYaml);
  return out;
}

std::vector<ManifestFile> fileForEachInput(const std::vector<InputObjects>& inputs, std::string_view folder, bool isYaml,
                                           std::string& problem) {
  std::vector<ManifestFile> files;
  if (!namesDiffer(inputs, problem)) return files;
  for (const auto& input : inputs) {
    auto& file = files.emplace_back();
    file.path = (fs::path(folder) / stemOf(input.input)).string().append(extensionOf(isYaml));
    appendObjects(file.text, input.objects, isYaml);
  }
  return files;
}

std::vector<ManifestFile> fileForEachObject(const std::vector<query::Rendered>& objects, std::string_view folder, bool isYaml) { return splitInto(fs::path(folder), objects, isYaml); }

std::vector<ManifestFile> fileForEachObject(const std::vector<InputObjects>& inputs, std::string_view folder, bool isYaml,
                                            std::string& problem) {
  if (inputs.size() == 1) return splitInto(fs::path(folder), inputs.front().objects, isYaml);
  std::vector<ManifestFile> files;
  if (!namesDiffer(inputs, problem)) return files;
  for (const auto& input : inputs) {
    for (auto& file : splitInto(fs::path(folder) / stemOf(input.input), input.objects, isYaml)) files.push_back(std::move(file));
  }
  return files;
}

}  // namespace kdsl::driver
