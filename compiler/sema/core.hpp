#pragma once
// What the checkers of all files share: types, nominal types, and each other. Internal to this folder; its user is Workspace.
#include <deque>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "sema/program.hpp"
#include "sema/published.hpp"
#include "sema/workspace.hpp"
#include "types/builtins.hpp"
#include "types/relation.hpp"

namespace kdsl::sema {

class Checker;

/// The type of a member that is not written and was not inferred yet.
inline constexpr TypeId pendingType{0xFFFF'FFFEu};

class Core final : public types::NominalSource {
 public:
  Core(Loader& files, const kubernetes::SchemaPack& schema);
  ~Core() override;

  Loader& loader;
  const kubernetes::SchemaPack& pack;
  types::TypeTable types;
  types::Relation relation;
  types::BuiltinSignatures signatures;
  WorkspaceCounters counters;
  std::unordered_map<FileId, std::uint64_t> checks;  // how often each file was checked
  std::recursive_mutex mutex;

  /// The checker of a file with its imports resolved; nothing is checked yet.
  Checker& checker(FileId file);
  Checker* existing(FileId file) const;
  /// Forgets a file's checker, its product and its nominal types.
  void drop(FileId file);
  /// Files that import `file`, directly or not.
  std::vector<FileId> importersOf(FileId file) const;
  /// Keeps what the nominal types of other files copied from those of `file` in step with it.
  void refreshInherited(FileId file);

  const types::Nominal& declared(NominalId id) override;
  /// Its declaration is being read: it extends itself if it is asked for now.
  bool isBeingDeclared(NominalId id) { return slot(id).isBuilding; }
  TypeId memberType(const types::Nominal& nominal, const types::Member& member) override;
  /// With the types of all members, and checked so far that it can be evaluated.
  const types::Nominal& complete(NominalId id);
  /// Checks what is wanted of files that are checked on demand. Afterwards evaluation finds types and resolutions wherever it can come to from what is
  /// checked, but for nominal types that were not completed.
  void checkWanted();
  PublishedTable<types::Nominal> publishedNominals;
  PublishedTable<CheckedModule> publishedModules;

  /// The nominal type of an API definition, not yet materialised.
  TypeId kubernetesType(kubernetes::DefId definition);
  /// What a bare name means in the API; none if nothing.
  NominalId kubernetesByName(Symbol name);
  /// The table's entry of a Kubernetes field; null for members of declared types.
  std::optional<kubernetes::Field> kubernetesField(const types::Member& member);

 private:
  struct NominalSlot {
    std::unique_ptr<types::Nominal> value;
    bool isBuilding = false;
    bool isComplete = false;
  };
  NominalSlot& slot(NominalId id);
  void materialise(kubernetes::DefId definition, types::Nominal& nominal);
  TypeId fieldType(const kubernetes::Definition& definition, const kubernetes::Field& field);
  TypeId describedType(kubernetes::TypeDesc desc, const kubernetes::Field& field, bool isSecret);

  std::unordered_map<std::uint32_t, std::unique_ptr<Checker>> checkers_;
  std::vector<Checker*> onDemand_;  // of `checkers_`
  std::vector<FileId> importPath(FileId from, FileId to) const;
  std::unordered_set<std::uint32_t> reloaded_;  // dropped once: other files may know them already
  std::vector<FileId> loading_;  // files whose imports are being resolved, outermost first
  std::deque<NominalSlot> nominals_;
};

}  // namespace kdsl::sema
