// packgen OUTPUT TABLES-FOLDER SCHEMA...: makes the embedded schema data at build time.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <span>

#include "kubernetes/packgen/facts.hpp"
#include "kubernetes/packgen/read_schema.hpp"
#include "kubernetes/packgen/write_blob.hpp"

namespace {

using namespace kdsl::kubernetes::packgen;

/// Adds every table. Kinds come first: other tables ask what is creatable; defaults are checked against enums.
void applyTables(const std::string& folder, Model& model, Errors& errors) {
  const auto rows = [&](const char* name) { return readTable(fmt::format("{}/{}.txt", folder, name), errors); };
  applyKinds(model, rows("kinds"), errors);
  applyEnums(model, rows("enums"), errors);
  applyDefaults(model, rows("defaults"), errors);
  applyRanges(model, rows("ranges"), errors);
  applyReferences(model, rows("references"), errors);
  applyImmutable(model, rows("immutable"), errors);
  applyServerOnly(model, rows("server_only"), errors);
  applySeconds(model, rows("seconds"), errors);
  applyOneOfs(model, rows("one_of"), errors);
  applyLifecycle(model, rows("lifecycle"), errors);
  applyDeprecations(model);
}

int report(const Errors& errors) {
  for (const std::string& error : errors) fmt::print(stderr, "packgen: {}\n", error);
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    fmt::print(stderr, "usage: packgen OUTPUT TABLES-FOLDER SCHEMA...\n");
    return 2;
  }
  const std::vector<std::string> schemas(argv + 3, argv + argc);
  Model model;
  Errors errors;
  readSchemas(schemas, model, errors);
  if (!errors.empty()) return report(errors);
  applyTables(argv[2], model, errors);
  if (!errors.empty()) return report(errors);

  const std::string blob = writeBlob(model);
  if (const auto problem = kdsl::kubernetes::validateBlob(blob.data(), blob.size()); !problem.empty()) {
    return report({fmt::format("the written data is invalid: {}", problem)});
  }
  std::ofstream output(argv[1], std::ios::binary | std::ios::trunc);
  output.write(blob.data(), static_cast<std::streamsize>(blob.size()));
  output.close();
  if (!output) return report({fmt::format("cannot write {}", argv[1])});
  return 0;
}
