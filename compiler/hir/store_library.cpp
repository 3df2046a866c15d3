// store_library FOLDER OUTPUT-FOLDER: lowers each module of the standard library at build time, and writes its stored form under the same name. A module
// with a syntax error, or with any other message of lowering, ends the build.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "diag/render.hpp"
#include "hir/lower.hpp"
#include "hir/stored.hpp"
#include "source/loader.hpp"
#include "syntax/parse.hpp"

namespace {

using namespace kdsl;
namespace fs = std::filesystem;

/// False if the module has messages, which go to standard error, or a file cannot be read or written.
bool storeModule(const fs::path& path, const fs::path& output) {
  auto loaded = source::loadFile(path.string());
  if (loaded.error != source::LoadError::None) {
    fmt::print(stderr, "store_library: cannot read {}\n", path.string());
    return false;
  }
  source::FileTable files;
  const auto file = files.add(path.string(), path.string(), std::move(loaded.text));
  const auto parsed = syntax::parse(file, files[file].text);
  const auto module = hir::lower(file, files[file].text, parsed);

  diag::Report report;
  report.add(files, parsed.diagnostics);
  report.add(files, module->diagnostics);
  if (!report.entries().empty()) {
    std::string text;
    diag::renderText(report, {}, text);
    fmt::print(stderr, "{}", text);
    return false;
  }

  fs::create_directories(output.parent_path());
  const auto bytes = hir::store(*module);
  std::ofstream stream(output, std::ios::binary | std::ios::trunc);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (!stream) fmt::print(stderr, "store_library: cannot write {}\n", output.string());
  return static_cast<bool>(stream);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: store_library FOLDER OUTPUT-FOLDER\n");
    return 2;
  }
  const fs::path folder = argv[1];
  bool good = true;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto relative = entry.path().lexically_relative(folder);
    if (relative.extension() != ".kdsl" || *relative.begin() == "tests") continue;
    good = storeModule(entry.path(), fs::path(argv[2]) / relative) && good;
  }
  return good ? 0 : 1;
}
