#pragma once
// What every reader has in common: limits, and problems as values.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "codec/data.hpp"

namespace kdsl::codec {

struct ReadLimits {
  std::size_t bytes = 64u << 20;      ///< of text
  unsigned depth = 200;               ///< of nested lists and maps
  std::size_t nodes = 4u << 20;       ///< of the tree, aliases expanded: the bound against "billion laughs"
};

enum class Problem : std::uint8_t {
  Syntax,            ///< `detail` says what is wrong
  InvalidUtf8,
  DuplicateKey,      ///< `detail` is the key, `related` its first place
  KeyNotScalar,      ///< a list or map as a key
  UnknownAlias,
  BadMergeKey,       ///< `<<` with something that is no map
  UnknownTag,        ///< `detail` is the tag
  NumberRange,       ///< a float that is out of the range of double; `detail` is the number
  TooLarge,          ///< more bytes than ReadLimits::bytes
  TooDeep,
  TooManyNodes,
  // Warnings: the tree is complete.
  AmbiguousBoolean,  ///< a plain `yes`, `no`, `on`, `off`, `y`, `n`: text here, but a boolean to other readers; `detail` is the word
  AmbiguousNumber,   ///< a plain `010`, `1_000`, `12:30:45`: readers disagree about it; `detail` is the text
  InexactInteger,    ///< an integer beyond 64 bits was read as a float; `detail` is the number
};

constexpr bool isWarning(Problem problem) { return problem >= Problem::AmbiguousBoolean; }

struct ReadProblem {
  Problem problem = Problem::Syntax;
  ByteSpan span;
  std::string detail;
  ByteSpan related;
};

/// One sentence without a full stop, lower case, names in backticks: "the key `name` is there twice".
std::string describe(const ReadProblem& problem);

/// Documents are there as far as they could be read; after an error they may be incomplete.
struct ReadResult {
  std::vector<Data> documents;
  std::vector<ReadProblem> problems;  ///< errors and warnings, in source order

  bool ok() const;  ///< no problem is an error
  const ReadProblem* firstError() const;
};

/// Exactly one JSON value (RFC 8259). Duplicate keys are errors; a number without `.`, `e` is an integer. Recursion is
/// as deep as the data, up to ReadLimits::depth. Spans are exact. O(n).
ReadResult readJson(std::string_view text, const ReadLimits& limits = {});

/// All documents of a YAML 1.2 stream, with plain scalars typed by the core schema; an empty stream has no documents. Anchors, aliases and `<<` are
/// expanded. Words that only YAML 1.1 types (`yes`, `0o7` without its o, …) are text with a warning. Scalars' spans are exact where the scalar is on one line.
ReadResult readYaml(std::string_view text, const ReadLimits& limits = {});

/// One TOML 1.0 document, a map. Dates and times become text.
ReadResult readToml(std::string_view text, const ReadLimits& limits = {});

}  // namespace kdsl::codec
