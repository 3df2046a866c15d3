#pragma once
// What the process knows of the terminal that it writes to.
#include <cstdint>

namespace kdsl::driver {

enum class ColorChoice : std::uint8_t { Auto, Always, Never };

/// Whether text written to `descriptor` gets colours. Under Auto: no if NO_COLOR is set and not empty; else yes if CLICOLOR_FORCE is set
/// and not "0"; else only on a terminal that is not "dumb".
bool wantsColor(ColorChoice choice, int descriptor);

/// Columns of the terminal, within sensible bounds; 120 where there is none.
std::uint32_t columnsOf(int descriptor);

/// Opens what a caller left closed of standard input, output and error, so that no file gets their numbers; writing there fails
/// still. Makes a closed pipe an error of write() instead of a signal.
void prepareStandardStreams();

}  // namespace kdsl::driver
