#pragma once

namespace kdsl::driver {

/// What the process says to its caller; docs/guide/command-line.md is the promise.
enum class ExitCode : int {
  Ok = 0,
  /// The input has errors, or `fmt --check` found files to format.
  Findings = 1,
  /// The command line itself is wrong.
  Usage = 2,
  /// The result could not be written, or kdsl itself failed.
  Failure = 3,
};

}  // namespace kdsl::driver
