#include <fmt/format.h>
#include <malloc.h>

#include <exception>
#include <string>
#include <vector>

#include "driver/command_line.hpp"
#include "driver/commands/commands.hpp"
#include "driver/output.hpp"
#include "driver/terminal.hpp"
#include "query/session.hpp"

namespace {

using namespace kdsl::driver;

ExitCode run(const std::vector<std::string>& arguments) {
  CommandLine commandLine;
  addBuild(commandLine);
  addCheck(commandLine);
  addTest(commandLine);
  addMod(commandLine);
  addGraph(commandLine);
  addFmt(commandLine);
  addExplain(commandLine);
  addDiff(commandLine);
  addWhy(commandLine);
  addInit(commandLine);
  addImport(commandLine);
  addDoc(commandLine);
  addLsp(commandLine);
  addDump(commandLine);
  addCompletion(commandLine);
  return commandLine.run(arguments);
}

/// What is freed is used again instead of going back to the system, up to sizes that matter: builds and edits free and take the same memory over and over.
void keepMemory() {
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 16 << 20);
}

ExitCode runGuarded(const std::vector<std::string>& arguments) {
  try {
    return run(arguments);
  } catch (const std::exception& error) {
    // kdsl's own code does not throw; what arrives here is a library's, as when memory runs out.
    writeStandardError(fmt::format("kdsl: internal error: {}; please report it\n", error.what()));
    return ExitCode::Failure;
  }
}

}  // namespace

int main(int count, char** arguments) {
  keepMemory();
  prepareStandardStreams();
  auto code = ExitCode::Failure;
  // Once for the whole command, not for each question to a session: threads cost.
  kdsl::query::onLargeStack([&] { code = runGuarded({arguments + 1, arguments + count}); });
  return static_cast<int>(code);
}
