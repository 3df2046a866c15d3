#include <fmt/format.h>

#include <exception>
#include <string>
#include <vector>

#include "driver/command_line.hpp"
#include "driver/commands/commands.hpp"
#include "driver/output.hpp"
#include "driver/terminal.hpp"

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

}  // namespace

int main(int count, char** arguments) {
  prepareStandardStreams();
  try {
    return static_cast<int>(run({arguments + 1, arguments + count}));
  } catch (const std::exception& error) {
    // kdsl's own code does not throw; what arrives here is a library's, as when memory runs out.
    writeStandardError(fmt::format("kdsl: internal error: {}; please report it\n", error.what()));
    return static_cast<int>(ExitCode::Failure);
  }
}
