#pragma once
// The parts of completion. Internal to this folder.
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "query/ide/completion.hpp"
#include "syntax/views.hpp"
#include "types/builtins.hpp"

namespace kdsl::query {

/// Smaller ranks are shown first.
enum Rank : std::uint8_t {
  RankTemplate = 5,
  RankExpected = 10,
  RankRequired = 15,
  RankMember = 20,
  RankLocal = 25,
  RankDeclared = 30,
  RankDeclaredBase = 31,
  RankPrograms = 32,
  RankLibrary = 33,
  RankBase = 34,
  RankUsual = 35,
  RankOther = 40,
  RankBuiltin = 50,
  RankKeyword = 60,
  RankRemote = 70,
  /// Of a type that the place does not admit: what begins an expression that reads something of it.
  RankUnfit = 80
};

class Completer {
 public:
  Completer(const Facts& facts, const FileIndex& index, const CompletionSite& site, const CompletionOptions& options);
  CompletionList run();

 private:
  // --- where the caret is (completion.cpp)
  void atNode(syntax::NodeId node);
  void atName(syntax::NodeId name);
  void atQualifiedName(syntax::NodeId name);
  void atString(syntax::NodeId string);
  void atEntry(bool hasColon);
  void atPathStep();
  void atField();
  void atValue(TypeId want, bool isResource);
  /// A body is there already: kinds and components come without one.
  void dropBodies();
  void atPattern(syntax::NodeId arm);
  void atImportName(syntax::NodeId decl);
  void atImportPath();
  /// The word before the caret's, if nothing but blanks stands between them.
  std::string_view wordBefore() const;

  /// The expression of the file that is exactly the caret's word (or text), or none.
  hir::ExprId exprAtCaret() const;
  /// The segment of a path that is the caret's word; or npos.
  std::size_t segmentAtCaret() const;
  hir::BodyId bodyAround(std::uint32_t offset) const;
  hir::ItemId ownerAtCaret() const;

  // --- members (completion_members.cpp)
  void addMembersToSet(TypeId place, hir::BodyId body, bool hasColon);
  void addMemberToSet(const types::Member& member, const types::Nominal& nominal, bool isMissing, bool hasColon);
  /// The member that the key of an element says already, where the body is one: `name` in `containers: { web: { … } }`.
  base::Symbol memberSaidByKey(hir::BodyId body) const;
  /// The caret is in what declares the member, outside of its body: it cannot be part of its own value.
  bool isBeingDeclared(const types::Member& member) const;
  void addMembersToRead(TypeId type);
  void addMethods(TypeId type);
  bool isSetIn(hir::BodyId body, base::Symbol name) const;
  /// An entry of the body sets something in it: `ready.http: "/"`.
  bool isBegunIn(hir::BodyId body, base::Symbol name) const;

  // --- names (completion_names.cpp)
  void addLocals();
  void addScope(TypeId want);
  void addOwnerMembers(hir::ItemId owner, TypeId want);
  /// What the component that a member is made of has of one of the wanted types: `db.url`.
  void addFittingMembers(const types::Member& member, const std::vector<TypeId>& branches);
  /// With `onlyObjects`: what can be the type of a resource. `want`: of a value, what its place admits.
  void addDeclarations(bool types, bool values, bool onlyObjects = false, TypeId want = types::errorType);
  /// No instance of this component, schema or kind can stand where `want` is wanted.
  bool isUnfit(const types::Nominal& nominal, TypeId want) const;
  void addBuiltinFunctions();
  void addValueKeywords();
  void addEntryKeywords(bool isDeclaring, bool isTest);
  void addTypes(bool withParts);
  void addTypesOfResources();
  void addKinds(bool asValue, bool withParts, TypeId want = types::errorType);
  void addExpectedValues(TypeId want);
  void addQuantities();
  void addNamedArguments();
  void addExports(FileId file, bool onlyTypes);

  // --- what imports bring (completion_imports.cpp)
  enum class Importable : std::uint8_t { Objects, Types, Values };
  /// Declarations of other modules, each with the edit that imports it.
  void addImportable(Importable which, bool asValue, TypeId want = types::errorType);
  /// What the texts of a project file name: versions of Kubernetes, and the files of targets and policies.
  void addProjectTexts(hir::ExprId value);
  /// `import ▮`: a module, and the rest of the line. Behind `from` and `extends` the path alone.
  void addImports(bool isPathOnly);

  // --- what other objects are called (completion_build.cpp)
  void addNamesOfBuild(hir::ExprId value);
  void addLabelKeys(hir::BodyId body, bool hasColon);
  /// Keys that a map of this type is known to have. `holder` and `field` say whose map it is.
  void addMapKeys(TypeId map, TypeId holder, base::Symbol field, hir::BodyId body, bool hasColon, bool isPath);
  /// A new element of a keyed list, or entry of a map.
  void addElementTemplate(TypeId place);
  /// A key that may need quotes; behind a dot it is written as an index.
  Completion& addKey(const std::string& key, CompletionKind kind, Rank rank, bool isPath);
  /// The elements that a keyed list has in the build. `field` holds the list.
  void addElements(TypeId list, base::Symbol field, hir::BodyId body, bool isKeyOnly, bool isPath);
  /// The entry whose value this body is; nullptr if it is none's.
  const hir::Entry* entryWith(hir::BodyId body) const;
  /// The last name of that entry's path; the empty symbol without one.
  base::Symbol fieldOf(hir::BodyId body) const;
  bool isLabelPath(std::uint32_t first, std::uint32_t count) const;

  // --- what is inserted (completion_text.cpp)
  /// `: value` for a key whose place has this type.
  std::string valueSnippet(base::Symbol key, TypeId type) const;
  std::string objectName() const;
  /// ` { … }` with what must be set.
  std::string requiredSnippet(const types::Nominal& nominal) const;

  Completion& add(std::string label, CompletionKind kind, Rank rank);
  void addWord(std::string_view word, CompletionKind kind = CompletionKind::Keyword, Rank rank = RankKeyword);
  void addSnippet(std::string label, std::string snippet, Rank rank = RankKeyword);
  CompletionKind kindOfItem(hir::ItemKind kind) const;
  Target itemTarget(FileId file, hir::ItemId item) const;
  std::string typeText(TypeId type) const;

  const Facts& facts_;
  const sema::Workspace& program_;
  const hir::Module& hir_;
  const FileIndex& index_;
  const CompletionSite& site_;
  const CompletionOptions& options_;
  const syntax::Tree& tree_;
  /// The caret's word in the text that was checked.
  Span caret_;
  CompletionList list_;
  std::set<std::pair<std::string, CompletionKind>> seen_;
};

/// Other components of its own module extend this one: rather a base than what is made of it.
bool isBaseInItsModule(const hir::Module& module, hir::ItemId component);

/// Of whom a value of the type has the methods; Any if of no special receiver.
types::Receiver receiverOf(const sema::Program& program, TypeId type);

}  // namespace kdsl::query
