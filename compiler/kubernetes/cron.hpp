#pragma once
// The schedule of a CronJob.
#include <string>
#include <string_view>

namespace kdsl::kubernetes {

/// What is wrong with a schedule, as the end of a sentence; empty if it is fine. Five fields (minute, hour, day of month, month, day of week)
/// of `*`, `?`, numbers, names, ranges, lists and steps; or `@daily` and the like, or `@every` with a duration.
std::string cronViolation(std::string_view schedule);

}  // namespace kdsl::kubernetes
