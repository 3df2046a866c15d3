#pragma once
// Which objects go into which file.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/session.hpp"

namespace kdsl::driver {

/// What one input file made.
struct InputObjects {
  std::string input;  // as named on the command line
  std::vector<query::Rendered> objects;
};

struct ManifestFile {
  std::string path;
  std::string text;
};

/// Objects one after the other, parted by `---` if they are YAML.
std::string joined(const std::vector<InputObjects>& inputs, bool isYaml);

/// A file for each input: `folder/NAME.yaml`. Fails (with a message in `problem`) if two inputs have one name.
std::vector<ManifestFile> fileForEachInput(const std::vector<InputObjects>& inputs, std::string_view folder, bool isYaml,
                                           std::string& problem);

/// A file for each object: `folder/KIND-NAME.yaml`. Where that is no name of one object only, the namespace and then a number follow.
std::vector<ManifestFile> fileForEachObject(const std::vector<query::Rendered>& objects, std::string_view folder, bool isYaml);

/// As above, below a folder for each input if there are several.
std::vector<ManifestFile> fileForEachObject(const std::vector<InputObjects>& inputs, std::string_view folder, bool isYaml,
                                            std::string& problem);

}  // namespace kdsl::driver
