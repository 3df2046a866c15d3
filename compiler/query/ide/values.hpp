#pragma once
// What the values of a build have to do with a place of the source: the pieces to ask an Evaluation for, and what it said.
#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "query/evaluation.hpp"
#include "query/ide/file_index.hpp"
#include "query/ide/results.hpp"

namespace kdsl::query {

/// What is written at the offset and has values: a step of a path, a declared member, a name that is read. Two for `{ name }`.
std::vector<SourcePiece> piecesAt(const Facts& facts, const FileIndex& index, std::uint32_t offset);

/// The name at the offset, the place of what piecesAt() is about.
std::optional<Span> spanOfPiece(const Facts& facts, const FileIndex& index, std::uint32_t offset);

/// An expression that is set as a whole and does not say its value itself.
struct ComputedValue {
  hir::ExprId expr;
  Span span;
  SourcePiece piece;  // that it sets
};
/// Those that end within a range. O(size of the file).
std::vector<ComputedValue> computedValues(const Facts& facts, Span range);

/// A clause `each T { … }` and the place of its types.
struct Clause {
  std::uint32_t entry = 0;
  Span span;
};
/// Those that stand in the bodies of the file's values; a policy's and a test's are asked for otherwise. O(size of the file).
std::vector<Clause> clauses(const Facts& facts);

/// How questions about values are asked.
struct ValueOptions {
  /// Ends an evaluation early.
  const std::atomic<bool>* stop = nullptr;
  /// When this is over no other view is evaluated; those that are known already are always asked.
  std::chrono::milliseconds budget{50};
  /// Of each view.
  std::size_t limit = 20;
  Evaluation::Inputs inputs = Evaluation::Inputs::Leave;
  /// Roots to consider for files that no target reads: the open documents.
  std::vector<FileId> roots;
};

/// The values at a place in one build.
struct ValuesInView {
  BuildView view;
  std::vector<eval::Provenance> values;
  std::size_t more = 0;    // values beyond the limit
  bool skipped = false;    // not evaluated: the budget was spent
  bool isOld = false;      // from before the files had errors, see LastGood
};

/// What a clause acts on in one build.
struct MatchesInView {
  BuildView view;
  std::vector<ClauseMatch> matches;
};

}  // namespace kdsl::query
