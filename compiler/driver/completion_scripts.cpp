#include "driver/completion_scripts.hpp"

#include <fmt/format.h>

#include <iterator>

namespace kdsl::driver {
namespace {

bool takesPath(const Option& option) { return option.placeholder == "PATH" || option.placeholder == "DIR" || option.placeholder == "FILE"; }
bool takesValue(const Option& option) { return option.isArgument() || !option.placeholder.empty(); }

/// For single quotes of the shells: what would end them is left by, quoted and entered again.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

/// The first sentence or line of a description.
std::string brief(std::string_view text) {
  const auto end = std::min({text.find(". "), text.find(": "), text.find('\n'), text.size()});
  return std::string(text.substr(0, end));
}

std::string commandNames(const CommandLine& commandLine) {
  std::string names;
  for (const auto& command : commandLine.commands()) names.append(names.empty() ? "" : " ").append(command.name());
  return names;
}

// --- bash ---

void appendBashCommand(std::string& out, const Command& command) {
  std::string options = "--help";
  std::string values;
  std::string argumentWords;
  for (const auto& option : command.options()) {
    if (option.isArgument()) {
      argumentWords.append(argumentWords.empty() ? "" : " ").append(fmt::format("{}", fmt::join(option.words, " ")));
      continue;
    }
    const auto names = option.nameList();
    for (const auto& name : names) options.append(" ").append(name);
    if (!takesValue(option)) continue;
    const auto reply = option.words.empty() ? std::string(takesPath(option) ? "compgen -f -- \"$cur\"" : "true")
                                            : fmt::format("compgen -W '{}' -- \"$cur\"", fmt::join(option.words, " "));
    fmt::format_to(std::back_inserter(values), "        {}) mapfile -t COMPREPLY < <({}); return ;;\n", fmt::join(names, "|"), reply);
  }
  fmt::format_to(std::back_inserter(out),
                 "    {})\n"
                 "      case $prev in\n{}"
                 "      esac\n"
                 "      options='{}'\n"
                 "      arguments='{}'\n"
                 "      ;;\n",
                 command.name(), values.empty() ? "        *) ;;\n" : values, options, argumentWords);
}

std::string bashScript(const CommandLine& commandLine) {
  std::string out = fmt::format(
      "# Completions of kdsl for bash. To use them: source <(kdsl completion bash)\n"
      "_kdsl() {{\n"
      "  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}} options='' arguments=''\n"
      "  # bash splits `--format=yaml` at the sign\n"
      "  [[ $cur == = ]] && cur=''\n"
      "  [[ $prev == = ]] && prev=${{COMP_WORDS[COMP_CWORD-2]}}\n"
      "  COMPREPLY=()\n"
      "  if ((COMP_CWORD == 1)); then\n"
      "    mapfile -t COMPREPLY < <(compgen -W '{} --help --version' -- \"$cur\")\n"
      "    return\n"
      "  fi\n"
      "  case ${{COMP_WORDS[1]}} in\n",
      commandNames(commandLine));
  for (const auto& command : commandLine.commands()) appendBashCommand(out, command);
  out +=
      "  esac\n"
      "  if [[ $cur == -* ]]; then\n"
      "    mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$cur\")\n"
      "  else\n"
      "    mapfile -t COMPREPLY < <(compgen -W \"$arguments\" -- \"$cur\"; compgen -f -X '!*.kdsl' -- \"$cur\"; compgen -d -- \"$cur\")\n"
      "  fi\n"
      "}\n"
      "complete -o filenames -F _kdsl kdsl\n";
  return out;
}

// --- zsh ---

/// Brackets and colons mean something in the specifications of _arguments.
std::string zshEscaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string zshValue(const Option& option) {
  const auto name = option.isArgument() ? option.names : option.placeholder;
  if (!option.words.empty()) return fmt::format(":{}:({})", option.isArgument() ? name : "value", fmt::join(option.words, " "));
  if (option.isArgument()) return fmt::format(":{}:_files", name);
  return takesPath(option) ? fmt::format(":{}:_files", name) : fmt::format(":{}: ", zshEscaped(name));
}

void appendZshCommand(std::string& out, const Command& command) {
  fmt::format_to(std::back_inserter(out), "    {})\n      _arguments -s \\\n", command.name());
  for (const auto& option : command.options()) {
    if (option.isArgument()) {
      fmt::format_to(std::back_inserter(out), "        {} \\\n", quoted((option.repeated ? "*" : "") + zshValue(option)));
      continue;
    }
    const auto names = option.nameList();
    const auto help = fmt::format("[{}]{}", zshEscaped(brief(option.description)), takesValue(option) ? zshValue(option) : "");
    const auto exclusive = option.repeated ? std::string("*") : fmt::format("({})", fmt::join(names, " "));
    if (names.size() == 1) {
      fmt::format_to(std::back_inserter(out), "        {} \\\n", quoted(fmt::format("{}{}{}", exclusive, names.front(), help)));
    } else {
      fmt::format_to(std::back_inserter(out), "        {}{{{}}}{} \\\n", quoted(exclusive), fmt::join(names, ","), quoted(help));
    }
  }
  out += "        '(-h --help)'{-h,--help}'[Show the help]'\n      ;;\n";
}

std::string zshScript(const CommandLine& commandLine) {
  std::string out =
      "#compdef kdsl\n"
      "# Completions of kdsl for zsh. To use them: kdsl completion zsh > \"${fpath[1]}/_kdsl\"\n"
      "_kdsl() {\n"
      "  local -a commands=(\n";
  for (const auto& command : commandLine.commands())
    fmt::format_to(std::back_inserter(out), "    {}\n", quoted(command.name() + ":" + zshEscaped(command.summary())));
  out +=
      "  )\n"
      "  if ((CURRENT == 2)); then\n"
      "    _describe command commands\n"
      "    return\n"
      "  fi\n"
      "  local command=$words[2]\n"
      "  shift words\n"
      "  ((CURRENT--))\n"
      "  case $command in\n";
  for (const auto& command : commandLine.commands()) appendZshCommand(out, command);
  out +=
      "  esac\n"
      "}\n"
      "# Run when autoloaded from fpath, registered when sourced.\n"
      "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n"
      "  _kdsl \"$@\"\n"
      "else\n"
      "  compdef _kdsl kdsl\n"
      "fi\n";
  return out;
}

// --- fish ---

void appendFishCommand(std::string& out, const Command& command) {
  const auto begin = fmt::format("complete -c kdsl -n '__fish_seen_subcommand_from {}'", command.name());
  fmt::format_to(std::back_inserter(out), "complete -c kdsl -n __fish_use_subcommand -f -a {} -d {}\n", command.name(),
                 quoted(command.summary()));
  for (const auto& option : command.options()) {
    if (option.isArgument()) {
      if (!option.words.empty())
        fmt::format_to(std::back_inserter(out), "{} -f -a {}\n", begin, quoted(fmt::format("{}", fmt::join(option.words, " "))));
      continue;
    }
    out += begin;
    for (const auto& name : option.nameList()) {
      if (name.starts_with("--")) {
        out.append(" -l ").append(name.substr(2));
      } else {
        out.append(" -s ").append(name.substr(1));
      }
    }
    if (takesValue(option)) out += takesPath(option) ? " -r" : " -x";
    if (!option.words.empty()) out.append(" -a ").append(quoted(fmt::format("{}", fmt::join(option.words, " "))));
    fmt::format_to(std::back_inserter(out), " -d {}\n", quoted(brief(option.description)));
  }
}

std::string fishScript(const CommandLine& commandLine) {
  std::string out = "# Completions of kdsl for fish. To use them: kdsl completion fish > ~/.config/fish/completions/kdsl.fish\n";
  for (const auto& command : commandLine.commands()) appendFishCommand(out, command);
  out += "complete -c kdsl -s h -l help -d 'Show the help'\n";
  return out;
}

}  // namespace

std::string completionScript(Shell shell, const CommandLine& commandLine) {
  switch (shell) {
    case Shell::Bash: return bashScript(commandLine);
    case Shell::Zsh: return zshScript(commandLine);
    case Shell::Fish: return fishScript(commandLine);
  }
  return {};
}

}  // namespace kdsl::driver
