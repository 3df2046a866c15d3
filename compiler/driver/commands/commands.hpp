#pragma once
// The subcommands, one file each.

namespace kdsl::driver {

class CommandLine;

void addBuild(CommandLine& commandLine);
void addCheck(CommandLine& commandLine);
void addMod(CommandLine& commandLine);
void addGraph(CommandLine& commandLine);
void addTest(CommandLine& commandLine);
void addFmt(CommandLine& commandLine);
void addExplain(CommandLine& commandLine);
void addDump(CommandLine& commandLine);
void addImport(CommandLine& commandLine);
void addDiff(CommandLine& commandLine);
void addWhy(CommandLine& commandLine);
void addInit(CommandLine& commandLine);
void addDoc(CommandLine& commandLine);
void addLsp(CommandLine& commandLine);
void addCompletion(CommandLine& commandLine);

}  // namespace kdsl::driver
