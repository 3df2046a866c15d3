#pragma once
// Where a value comes from: the contributions of its place, strongest first, and what their expressions read. Computed when asked for; a build keeps
// nothing for it but the contributions that it needs anyway. Plain data: it outlives the evaluation.
#include <cstdint>
#include <string>
#include <vector>

#include "source/span.hpp"

namespace kdsl::eval {

/// What a setting does to the value in the end.
enum class Effect : std::uint8_t {
  Sets,
  Merges,      // its entries are among those of the record, map, keyed list or set
  Appends,
  Prepends,
  Deletes,
  External,
  Below,       // a stronger one builds on it with `super`
  Overridden,  // a stronger one sets the value
  Dropped,     // a `replace` or `absent` above, or another member of the one-of group, took it away
  Idle,        // its condition does not hold, or there is nothing for its `?`
};

/// A step between where an entry stands and the value: an `each`, a spread, a value passed on whole.
struct Detour {
  enum class Kind : std::uint8_t { Each, Spread, Copy };
  Kind kind = Kind::Copy;
  source::Location at;
  std::string text;
};

struct Provenance;

/// One setting of a value.
struct Setting {
  enum class Origin : std::uint8_t { Source, Default, CommandLine, Server };

  Effect effect = Effect::Sets;
  Origin origin = Origin::Source;
  bool isFinal = false;
  source::Location at;            // none for the command line and the server
  std::string text;               // as written, on one line, shortened; hidden values are left out
  std::string value;              // what it comes to; empty if that is not known, is a record or is hidden
  std::string within;             // "component `WebService`"; empty for what stands in a file itself
  std::string condition;          // Idle: the condition that does not hold; may be empty
  std::vector<Detour> detours;    // innermost first
  std::vector<Provenance> inputs; // what its expression reads; only of settings that are in force
};

/// Why a value is what it is. Values of type Sensitive and the data of Secrets are nowhere in it.
struct Provenance {
  std::string path;
  std::string type;
  std::string value;  // "absent" if it is not there; shortened
  bool isPresent = false;
  bool isHidden = false;
  std::vector<Setting> settings;  // strongest first
};

}  // namespace kdsl::eval
