#include "driver/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <iterator>

#include "base/near_name.hpp"
#include "driver/help.hpp"
#include "driver/output.hpp"

namespace kdsl::driver {
namespace {

/// ` (did you mean X?)`, or nothing.
std::string suggestion(std::string_view word, const std::vector<std::string>& candidates, std::string_view before = {}) {
  const std::vector<std::string_view> views(candidates.begin(), candidates.end());
  const auto near = base::nearest(word, views);
  return near.empty() ? std::string() : fmt::format("; did you mean `{}{}`?", before, near);
}

std::vector<std::string> optionNames(const Command& command) {
  std::vector<std::string> names = {"--help"};
  for (const auto& option : command.options()) {
    if (option.isArgument()) continue;
    for (auto& name : option.nameList()) names.push_back(std::move(name));
  }
  return names;
}

std::string unexpectedArgument(const Command& command, const std::string& argument) {
  if (argument.starts_with('-') && argument.size() > 1) {
    const auto name = argument.substr(0, argument.find('='));
    return fmt::format("there is no option `{}`{}", name, suggestion(name, optionNames(command)));
  }
  return fmt::format("`{}` is one argument too many", argument);
}

/// The option that a message of the parser begins with the name of.
const Option* optionNamedFirst(const Command& command, std::string_view message) {
  const auto named = message.substr(0, message.find_first_of(": "));
  for (const auto& option : command.options()) {
    for (const auto& name : option.nameList()) {
      if (name == named) return &option;
    }
  }
  return nullptr;
}

ExitCode printAndSucceed(const std::string& text) { return writeStandardOutput(text) ? ExitCode::Ok : ExitCode::Failure; }

/// Hands the arguments of one command to CLI11 and calls the setters. The result says what is wrong; empty if nothing is.
struct Parsed {
  std::string problem;
  bool helpWanted = false;
};

Parsed parse(const Command& command, const std::vector<std::string>& arguments) {
  CLI::App app;
  Parsed parsed;
  app.set_help_flag("-h,--help");
  for (const auto& option : command.options()) {
    const auto set = [&option, &parsed](const CLI::results_t& results) {
      parsed.problem = option.set(results);
      return parsed.problem.empty();
    };
    if (option.placeholder.empty() && !option.isArgument()) {
      app.add_flag_function(option.names, [set](std::int64_t) { set({}); })->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
      continue;
    }
    auto* added = app.add_option(option.names, CLI::callback_t(set));
    // An argument takes all that is left; an option one value each time, so that it never swallows an argument.
    const bool takesRest = option.isArgument() && option.repeated;
    added->expected(1, takesRest ? CLI::detail::expected_max_vector_size : 1)->allow_extra_args(takesRest);
    added->multi_option_policy(option.repeated ? CLI::MultiOptionPolicy::TakeAll : CLI::MultiOptionPolicy::TakeLast);
    added->required(option.required);
  }
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));  // the parser takes them from the back
  } catch (const CLI::CallForHelp&) {
    parsed.helpWanted = true;
  } catch (const CLI::ExtrasError&) {
    parsed.problem = unexpectedArgument(command, app.remaining(true).front());
  } catch (const CLI::RequiredError& error) {
    parsed.problem = error.what();
    for (const auto& option : command.options()) {
      if (option.required && std::string_view(error.what()).starts_with(option.names))
        parsed.problem = fmt::format("a {} is needed", option.names);
    }
  } catch (const CLI::ArgumentMismatch& error) {
    const auto* option = optionNamedFirst(command, error.what());
    parsed.problem =
        option == nullptr ? error.what() : fmt::format("`{}` needs a value, {}", option->nameList().back(), option->placeholder);
  } catch (const CLI::ParseError& error) {
    if (parsed.problem.empty()) parsed.problem = error.what();
  }
  return parsed;
}

}  // namespace

std::vector<std::string> Option::nameList() const {
  std::vector<std::string> list;
  std::string_view rest = names;
  while (!rest.empty()) {
    const auto end = std::min(rest.find(','), rest.size());
    list.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return list;
}

Option& Command::add(Option option) { return options_.emplace_back(std::move(option)); }

void Command::flag(std::string names, bool& value, std::string description) {
  Option option{.names = std::move(names), .placeholder = {}, .description = std::move(description), .words = {}, .set = {}};
  option.set = [&value](const auto&) {
    value = true;
    return std::string();
  };
  add(std::move(option));
}

void Command::text(std::string names, std::string placeholder, std::string& value, std::string description) {
  Option option{
      .names = std::move(names), .placeholder = std::move(placeholder), .description = std::move(description), .words = {}, .set = {}};
  option.set = [&value](const auto& values) {
    value = values.back();
    return std::string();
  };
  add(std::move(option));
}

void Command::texts(std::string names, std::string placeholder, std::vector<std::string>& values, std::string description) {
  Option option{.names = std::move(names),
                .placeholder = std::move(placeholder),
                .description = std::move(description),
                .words = {},
                .repeated = true,
                .set = {}};
  option.set = [&values](const auto& given) {
    values = given;
    return std::string();
  };
  add(std::move(option));
}

void Command::number(std::string names, std::string placeholder, unsigned& value, unsigned least, unsigned most, std::string description) {
  Option option{
      .names = std::move(names), .placeholder = std::move(placeholder), .description = std::move(description), .words = {}, .set = {}};
  option.set = [&value, least, most, name = option.nameList().back()](const auto& values) -> std::string {
    const auto& text = values.back();
    unsigned number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < least || number > most) {
      return fmt::format("`{}` wants a number from {} to {}, not `{}`", name, least, most, text);
    }
    value = number;
    return {};
  };
  add(std::move(option));
}

void Command::addChoice(std::string names, std::vector<std::string> words, std::function<void(std::size_t)> choose,
                        std::string description) {
  Option option{.names = std::move(names),
                .placeholder = fmt::format("{}", fmt::join(words, "|")),
                .description = std::move(description),
                .words = words,
                .set = {}};
  option.set = [words = std::move(words), choose = std::move(choose), name = option.nameList().back()](const auto& values) -> std::string {
    const auto found = std::find(words.begin(), words.end(), values.back());
    if (found == words.end()) {
      const auto near = suggestion(values.back(), words);
      return fmt::format("`{}` wants {}, not `{}`{}", name, fmt::join(words, "|"), values.back(), near);
    }
    choose(static_cast<std::size_t>(found - words.begin()));
    return {};
  };
  add(std::move(option));
}

const Command* CommandLine::find(std::string_view name) const {
  const auto found = std::find_if(commands_.begin(), commands_.end(), [&](const Command& command) { return command.name() == name; });
  return found == commands_.end() ? nullptr : &*found;
}

ExitCode CommandLine::run(const std::vector<std::string>& arguments) const {
  const auto isHelp = [](std::string_view word) { return word == "-h" || word == "--help" || word == "help"; };
  if (arguments.empty()) {
    writeStandardError(overview(*this));
    return ExitCode::Usage;
  }
  auto name = arguments.front();
  if (name == "-V" || name == "--version") return printAndSucceed(versionText() + "\n");
  const bool helpFirst = isHelp(name);
  if (helpFirst) {
    if (arguments.size() == 1) return printAndSucceed(overview(*this));
    name = arguments[1];
  }

  const auto* command = find(name);
  if (command == nullptr) {
    std::vector<std::string> names;
    names.reserve(commands_.size());
    for (const auto& known : commands_) names.push_back(known.name());
    if (name.starts_with('-')) return usageError("", fmt::format("a command comes first, not `{}`", name));
    if (name.ends_with(".kdsl")) return usageError("", fmt::format("a command comes first; did you mean `kdsl build {}`?", name));
    return usageError("", fmt::format("there is no command `{}`{}", name, suggestion(name, names, "kdsl ")));
  }
  if (helpFirst) return printAndSucceed(commandHelp(*command));

  const auto parsed = parse(*command, {arguments.begin() + 1, arguments.end()});
  if (parsed.helpWanted) return printAndSucceed(commandHelp(*command));
  if (!parsed.problem.empty()) return usageError(name, parsed.problem);
  return command->run();
}

ExitCode usageError(std::string_view command, std::string_view message) {
  const auto separator = command.empty() ? "" : " ";
  writeStandardError(fmt::format("kdsl{0}{1}: {2}\n`kdsl{0}{1} --help` tells more\n", separator, command, message));
  return ExitCode::Usage;
}

}  // namespace kdsl::driver
