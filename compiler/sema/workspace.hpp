#pragma once
// The one implementation of Program: checks files when they are asked for, keeps what it found, and re-checks as little as an edit allows.
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "sema/program.hpp"

namespace kdsl::sema {

class Core;

/// One object of a data file that is imported as `Manifests`.
struct ManifestDocument {
  std::string apiVersion;
  std::string kind;
  std::string key;            // its entry: `Deployment/web`
  bool hasNamespace = false;
};

/// What checking needs to know of files. Implemented by the query layer; all calls come from the thread that called the Workspace.
class Loader {
 public:
  virtual ~Loader() = default;
  /// The lowered file; never null (an unreadable file is an empty module).
  virtual hir::ModulePtr hir(FileId file) = 0;
  /// Finds what an `import` or `extends` of `from` names. A path that leads nowhere gives a target without a file, and a diagnostic in `out`.
  virtual ImportTarget resolveImport(FileId from, const hir::FilePath& path, std::vector<diag::Diagnostic>& out) = 0;
  /// The file whose declarations every other one sees; none for a build without prelude.
  virtual FileId prelude() = 0;
  /// How messages name a file: `boutique.kdsl`, `std/app.kdsl`.
  virtual std::string fileName(FileId file) = 0;
  /// The module of the standard library (`std/app`) that exports this name; empty if none does.
  virtual std::string libraryOf(Symbol /*name*/) { return {}; }
  /// The module of the standard library that has a check of this name; empty if none does.
  virtual std::string libraryWithCheck(Symbol /*name*/) { return {}; }
  /// The modules of the standard library that files may import.
  virtual std::vector<std::string> libraryPaths() { return {}; }
  /// The file is known to be right, and only what is used of it is worth checking: see Workspace::module. It is never edited, and imports itself
  /// by no way round.
  virtual bool isCheckedOnDemand(FileId /*file*/) { return false; }
  /// The objects of a YAML file, for `import "./v.yaml" as v: Manifests`.
  virtual std::vector<ManifestDocument> manifests(FileId /*dataFile*/) { return {}; }
};

/// How much work was done, for tests of incremental checking.
struct WorkspaceCounters {
  std::uint64_t filesChecked = 0;
};

/// Thread-safe: one thread checks at a time; what is checked already is read without a lock.
class Workspace final : public Program {
 public:
  /// `loader` must outlive the workspace.
  Workspace(Loader& loader, const kubernetes::SchemaPack& schema);
  ~Workspace() override;
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  /// Checks the file on demand. The reference is valid until the file or one that it imports changes (see invalidate).
  /// Of a file that is checked on demand, only what evaluation can have come to is there: the insides of the functions that something checked calls,
  /// and of the nominal types that were asked for. The rest appears in the same product later.
  const CheckedModule& module(FileId file) const override;
  /// All of it, also of a file that is checked on demand.
  const CheckedModule& wholeModule(FileId file) const;
  /// Loader::isCheckedOnDemand. What such a file imports is opened when something of it is named.
  bool isCheckedOnDemand(FileId file) const;
  /// As module(), kept alive by its holder.
  CheckedModulePtr modulePtr(FileId file) const;
  const types::TypeTable& types() const override;
  types::TypeTable& types() override;
  /// Complete: members have their types. The reference is valid as long as module()'s.
  const types::Nominal& nominal(NominalId id) const override;
  const kubernetes::SchemaPack& schema() const override;

  /// After an edit of `file`: checks it anew, and only if what others see of it changed forgets the files that import it, directly or not.
  /// No other thread may be reading the workspace. Returns whether importers were dropped.
  bool invalidate(FileId file);
  /// Hash of what others see of a file: names, types and flags, not the inside of bodies. Checks the file.
  std::uint64_t signatureHash(FileId file) const;

  /// The kind or part of the Kubernetes API that a bare name means, or none.
  NominalId kubernetesNominal(std::string_view shortName) const;

  WorkspaceCounters counters() const;
  /// How often the file was checked.
  std::uint64_t checksOf(FileId file) const;

  /// For the other questions of this folder (explain): runs `question(Core&)` while no other thread checks.
  template <typename Question>
  auto withCore(Question&& question) {
    const auto lock = lockCore();
    return question(*core_);
  }

 private:
  std::unique_lock<std::recursive_mutex> lockCore() const;
  std::unique_ptr<Core> core_;
};

}  // namespace kdsl::sema
