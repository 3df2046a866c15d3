#pragma once
// An evaluation that is kept: what the values are that a piece of the source stands for, and who set them.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "eval/provenance.hpp"
#include "hir/module.hpp"
#include "query/session.hpp"

namespace kdsl::sema {
class Workspace;
}

namespace kdsl::query {

class LoadedFiles;

/// Something written whose values are asked for.
struct SourcePiece {
  enum class Kind : std::uint8_t {
    Step,    // a step of the path of an entry: what it leads to
    Member,  // a declaration: the member in each instance
    Read,    // a name, field or element that is read: what it stands for
  };
  Kind kind = Kind::Step;
  source::FileId file = base::none<source::FileId>;
  std::uint32_t entry = 0, segment = 0;       // Step
  source::Location declared;                  // Member: its name's place
  base::Symbol name{};                        // Member
  hir::ExprId expr = base::none<hir::ExprId>; // Read
};

/// What an expression comes to where it is set as a whole.
struct WrittenValue {
  std::string path;
  std::string value;
  bool isInForce = false;
};

/// A value that an `each` acts on.
struct ClauseMatch {
  std::string path;
  source::Location made;
  friend bool operator==(const ClauseMatch&, const ClauseMatch&) = default;
};

/// One root, evaluated. It ends with the next change of any file: whoever keeps one asks the Session for it anew.
class Evaluation {
 public:
  struct Values {
    std::vector<eval::Provenance> all;  // in the order of depth
    std::size_t more = 0;               // beyond the limit
  };
  enum class Inputs : std::uint8_t { Leave, Follow };

  /// Checks the files and evaluates what is built, without its policies. Never null.
  static std::unique_ptr<Evaluation> of(LoadedFiles& files, sema::Workspace& workspace, source::FileId root, const BuildOptions& options);
  ~Evaluation();
  Evaluation(const Evaluation&) = delete;
  Evaluation& operator=(const Evaluation&) = delete;

  /// False if there is nothing to ask: the files have static errors, or the evaluation was stopped or ran out of its budget.
  bool ok() const;
  /// By eval::Limits::stop: asked again, it may come to its end.
  bool stopped() const;
  /// O(values · log).
  Values valuesOf(const SourcePiece& piece, std::size_t limit, Inputs inputs = Inputs::Leave);
  /// What `expr`, the value that the piece is set to, comes to. Scalars only; at most `limit` of them.
  std::vector<WrittenValue> valuesOf(const SourcePiece& piece, hir::ExprId expr, std::size_t limit);
  /// What an `each` of a file, by its index among the module's entries, acts on.
  std::vector<ClauseMatch> matchesOf(source::FileId file, std::uint32_t entry);
  std::size_t bytes() const;

 private:
  struct State;
  explicit Evaluation(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace kdsl::query
