#include "driver/command_line.hpp"

#include <gtest/gtest.h>

#include "driver/completion_scripts.hpp"
#include "driver/help.hpp"

namespace kdsl::driver {
namespace {

enum class Fruit { Apple, Pear };

/// A command with an option of each sort, and what running it found in them.
class CommandLineTest : public ::testing::Test {
 protected:
  CommandLineTest() {
    auto& command = line.addCommand("eat", "Eat things");
    command.texts("FILE", "FILE", files, "What to eat");
    command.flag("-q,--quiet", quiet, "Say nothing");
    command.text("-o,--output", "PATH", output, "Where to");
    command.texts("-p,--param", "NAME=VALUE", params, "Set it's value. More words");
    command.number("-j,--jobs", "N", jobs, 1, 64, "How many");
    command.choice("--fruit", fruit, Choices<Fruit>{{"apple", Fruit::Apple}, {"pear", Fruit::Pear}}, "Which: one");
    command.example("kdsl eat all", "Eats all");
    command.action([this] {
      ++runs;
      return ExitCode::Findings;
    });
  }

  struct Run {
    ExitCode code;
    std::string out;
    std::string error;
  };

  Run run(const std::vector<std::string>& arguments) {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const auto code = line.run(arguments);
    return {code, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
  }

  std::string usageProblem(const std::vector<std::string>& arguments) {
    const auto result = run(arguments);
    EXPECT_EQ(result.code, ExitCode::Usage);
    EXPECT_EQ(runs, 0);
    return result.error.substr(0, result.error.find('\n'));
  }

  CommandLine line;
  std::vector<std::string> files;
  std::vector<std::string> params;
  std::string output;
  bool quiet = false;
  unsigned jobs = 0;
  Fruit fruit = Fruit::Apple;
  int runs = 0;
};

TEST_F(CommandLineTest, OptionsReachTheirVariables) {
  EXPECT_EQ(run({"eat", "-p", "a=1", "x", "--param=b=[1,2]", "-q", "-j", "4", "--fruit", "pear", "-o", "-", "y", "--", "-z"}).code,
            ExitCode::Findings);
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(files, (std::vector<std::string>{"x", "y", "-z"}));
  EXPECT_EQ(params, (std::vector<std::string>{"a=1", "b=[1,2]"}));
  EXPECT_TRUE(quiet);
  EXPECT_EQ(output, "-");
  EXPECT_EQ(jobs, 4u);
  EXPECT_EQ(fruit, Fruit::Pear);
}

TEST_F(CommandLineTest, ADashAloneIsAnArgument) {
  run({"eat", "-", "-q"});
  EXPECT_EQ(files, std::vector<std::string>{"-"});
}

TEST_F(CommandLineTest, TheLastOfRepeatedOptionsWins) {
  run({"eat", "-o", "a", "-o", "b", "-q", "-q"});
  EXPECT_EQ(output, "b");
  EXPECT_EQ(runs, 1);
}

TEST_F(CommandLineTest, MistakesAreNamedWithTheNearestWord) {
  EXPECT_EQ(usageProblem({"eat", "--ouput", "x"}), "kdsl eat: there is no option `--ouput`; did you mean `--output`?");
  EXPECT_EQ(usageProblem({"eat", "--fruti=pear"}), "kdsl eat: there is no option `--fruti`; did you mean `--fruit`?");
  EXPECT_EQ(usageProblem({"eat", "--fruit", "pera"}), "kdsl eat: `--fruit` wants apple|pear, not `pera`; did you mean `pear`?");
  EXPECT_EQ(usageProblem({"eat", "--jobs", "0"}), "kdsl eat: `--jobs` wants a number from 1 to 64, not `0`");
  EXPECT_EQ(usageProblem({"eat", "-j", "4x"}), "kdsl eat: `--jobs` wants a number from 1 to 64, not `4x`");
  EXPECT_EQ(usageProblem({"eat", "--output"}), "kdsl eat: `--output` needs a value, PATH");
  EXPECT_EQ(usageProblem({"aet"}), "kdsl: there is no command `aet`; did you mean `kdsl eat`?");
  EXPECT_EQ(usageProblem({"--quiet", "eat"}), "kdsl: a command comes first, not `--quiet`");
  EXPECT_EQ(usageProblem({"web.kdsl"}), "kdsl: a command comes first; did you mean `kdsl build web.kdsl`?");
}

TEST_F(CommandLineTest, RequiredArguments) {
  auto& command = line.addCommand("drink", "Drink");
  std::string glass;
  command.text("GLASS", "GLASS", glass, "Of what");
  command.required();
  command.action([] { return ExitCode::Ok; });
  EXPECT_EQ(usageProblem({"drink"}), "kdsl drink: a GLASS is needed");
  EXPECT_EQ(usageProblem({"drink", "a", "b"}), "kdsl drink: `b` is one argument too many");
  EXPECT_EQ(run({"drink", "a"}).code, ExitCode::Ok);
  EXPECT_EQ(glass, "a");
}

TEST_F(CommandLineTest, HelpIsAskedForInSeveralWays) {
  const auto help = commandHelp(*line.find("eat"));
  for (const auto& arguments :
       std::vector<std::vector<std::string>>{{"eat", "--help"}, {"eat", "x", "-h"}, {"help", "eat"}, {"--help", "eat"}}) {
    const auto result = run(arguments);
    EXPECT_EQ(result.out, help);
    EXPECT_EQ(result.code, ExitCode::Ok);
  }
  EXPECT_EQ(run({"--help"}).out, overview(line));
  EXPECT_EQ(run({"help"}).out, overview(line));
  EXPECT_EQ(run({"--version"}).out, versionText() + "\n");
  EXPECT_EQ(run({}).code, ExitCode::Usage);
  EXPECT_EQ(runs, 0);
}

TEST_F(CommandLineTest, HelpText) {
  EXPECT_EQ(commandHelp(*line.find("eat")),
            "Eat things\n"
            "\n"
            "Usage: kdsl eat [OPTIONS] [FILE...]\n"
            "\n"
            "Arguments:\n"
            "  FILE  What to eat\n"
            "\n"
            "Options:\n"
            "  -q, --quiet             Say nothing\n"
            "  -o, --output PATH       Where to\n"
            "  -p, --param NAME=VALUE  Set it's value. More words\n"
            "  -j, --jobs N            How many\n"
            "      --fruit apple|pear  Which: one\n"
            "  -h, --help              Show this help\n"
            "\n"
            "Examples:\n"
            "  kdsl eat all\n"
            "      Eats all\n");
}

TEST_F(CommandLineTest, CompletionsNameEveryOption) {
  const auto bash = completionScript(Shell::Bash, line);
  EXPECT_NE(bash.find("options='--help -q --quiet -o --output -p --param -j --jobs --fruit'"), std::string::npos);
  EXPECT_NE(bash.find("--fruit) mapfile -t COMPREPLY < <(compgen -W 'apple pear' -- \"$cur\")"), std::string::npos);
  const auto zsh = completionScript(Shell::Zsh, line);
  EXPECT_NE(zsh.find("'*'{-p,--param}'[Set it'\\''s value]:NAME=VALUE: '"), std::string::npos);
  EXPECT_NE(zsh.find("'(--fruit)--fruit[Which]:value:(apple pear)'"), std::string::npos);
  const auto fish = completionScript(Shell::Fish, line);
  EXPECT_NE(fish.find("complete -c kdsl -n '__fish_seen_subcommand_from eat' -s o -l output -r -d 'Where to'"), std::string::npos);
}

}  // namespace
}  // namespace kdsl::driver
