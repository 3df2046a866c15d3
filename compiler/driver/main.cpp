#include <string>
#include <vector>

#include "driver/command_line.hpp"
#include "driver/commands/commands.hpp"
#include "driver/terminal.hpp"

int main(int count, char** arguments) {
  using namespace kdsl::driver;
  prepareStandardStreams();
  CommandLine commandLine;
  addBuild(commandLine);
  addCheck(commandLine);
  addFmt(commandLine);
  addExplain(commandLine);
  addInit(commandLine);
  addLsp(commandLine);
  addDump(commandLine);
  addCompletion(commandLine);
  return static_cast<int>(commandLine.run({arguments + 1, arguments + count}));
}
