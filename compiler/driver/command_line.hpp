#pragma once
// The command line as data: commands with their options. Parsing, help and shell completions are all made from it.
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "driver/exit_code.hpp"

namespace kdsl::driver {

/// A word that an option takes, and what it stands for.
template <typename T>
using Choices = std::vector<std::pair<std::string, T>>;

/// An option (`-o,--output`) or, if its name has no dashes, an argument.
struct Option {
  std::string names;
  /// What stands for its value in help; empty for a flag. FILE, DIR and PATH are completed as such.
  std::string placeholder;
  std::string description;
  /// The only values it takes, if any.
  std::vector<std::string> words;
  bool repeated = false;
  bool required = false;
  /// Takes the values that were given (none for a flag). The result says what is wrong with them; empty if nothing is.
  std::function<std::string(const std::vector<std::string>&)> set;

  bool isArgument() const { return !names.starts_with('-'); }
  /// The names one by one: {"-o", "--output"}.
  std::vector<std::string> nameList() const;
};

/// One subcommand. The variables that options are bound to must outlive the CommandLine.
class Command {
 public:
  Command(std::string name, std::string summary) : name_(std::move(name)), summary_(std::move(summary)) {}

  void flag(std::string names, bool& value, std::string description);
  void text(std::string names, std::string placeholder, std::string& value, std::string description);
  /// May be given several times; an argument of this sort takes all that is left.
  void texts(std::string names, std::string placeholder, std::vector<std::string>& values, std::string description);
  void number(std::string names, std::string placeholder, unsigned& value, unsigned least, unsigned most, std::string description);
  template <typename T>
  void choice(std::string names, T& value, const Choices<T>& choices, std::string description) {
    std::vector<std::string> words;
    for (const auto& choice : choices) words.push_back(choice.first);
    addChoice(
        std::move(names), std::move(words), [&value, choices](std::size_t chosen) { value = choices[chosen].second; },
        std::move(description));
  }
  /// An option of any other sort.
  Option& add(Option option);
  /// Makes the option or argument that was added last a required one.
  void required() { options_.back().required = true; }

  /// More about the command, below its summary in the help.
  void details(std::string text) { details_ = std::move(text); }
  /// Shown at the end of the help: `command` and what it does.
  void example(std::string command, std::string effect) { examples_.emplace_back(std::move(command), std::move(effect)); }
  /// What it does once its options are parsed.
  void action(std::function<ExitCode()> run) { run_ = std::move(run); }

  const std::string& name() const { return name_; }
  const std::string& summary() const { return summary_; }
  const std::string& details() const { return details_; }
  const std::deque<Option>& options() const { return options_; }
  const std::vector<std::pair<std::string, std::string>>& examples() const { return examples_; }
  ExitCode run() const { return run_(); }

 private:
  void addChoice(std::string names, std::vector<std::string> words, std::function<void(std::size_t)> choose, std::string description);

  std::string name_;
  std::string summary_;
  std::string details_;
  std::deque<Option> options_;
  std::vector<std::pair<std::string, std::string>> examples_;
  std::function<ExitCode()> run_;
};

/// `kdsl` with all its commands.
class CommandLine {
 public:
  CommandLine() = default;
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  /// The reference stays valid.
  Command& addCommand(std::string name, std::string summary) { return commands_.emplace_back(std::move(name), std::move(summary)); }
  const std::deque<Command>& commands() const { return commands_; }
  /// Null if there is none of that name.
  const Command* find(std::string_view name) const;

  /// Parses `arguments` (without the program's name) and runs the command; help and usage errors are written and made an exit code here.
  ExitCode run(const std::vector<std::string>& arguments) const;

 private:
  std::deque<Command> commands_;
};

/// Complains about the command line on standard error, with a pointer to the help of `command` (which may be empty).
ExitCode usageError(std::string_view command, std::string_view message);

}  // namespace kdsl::driver
