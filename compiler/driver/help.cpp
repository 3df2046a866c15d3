#include "driver/help.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "driver/version.hpp"
#include "query/session.hpp"

namespace kdsl::driver {
namespace {

constexpr std::size_t lineWidth = 90;
constexpr std::size_t widestName = 28;

/// Appends `text` broken into lines, of which all but the first are indented.
void appendWrapped(std::string& out, std::string_view text, std::size_t indentation) {
  std::size_t column = indentation;
  bool lineIsEmpty = true;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(" \n"), text.size());
    const auto word = text.substr(0, end);
    if (!lineIsEmpty && column + 1 + word.size() > lineWidth) {
      out.append("\n").append(indentation, ' ');
      column = indentation;
      lineIsEmpty = true;
    }
    if (!lineIsEmpty) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
    lineIsEmpty = false;
    if (end < text.size() && text[end] == '\n') {
      out.append("\n").append(indentation, ' ');
      column = indentation;
      lineIsEmpty = true;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  out += '\n';
}

/// `name   description`, the description on a line of its own below a long name.
void appendEntry(std::string& out, std::string_view name, std::string_view description, std::size_t nameWidth) {
  const auto indentation = 2 + nameWidth + 2;
  out.append("  ").append(name);
  if (name.size() > nameWidth) {
    out.append("\n").append(indentation, ' ');
  } else {
    out.append(nameWidth + 2 - name.size(), ' ');
  }
  appendWrapped(out, description, indentation);
}

std::string argumentText(const Option& option) {
  const std::string name = option.names + (option.repeated ? "..." : "");
  return option.required ? name : "[" + name + "]";
}

std::string optionText(const Option& option) {
  std::string text;
  const auto names = option.nameList();
  if (names.size() == 1 && names.front().starts_with("--")) text += "    ";
  for (const auto& name : names) text.append(text.empty() || text.back() == ' ' ? "" : ", ").append(name);
  if (!option.placeholder.empty()) text.append(" ").append(option.placeholder);
  return text;
}

void appendGroup(std::string& out, std::string_view title, const std::vector<std::pair<std::string, std::string_view>>& entries) {
  if (entries.empty()) return;
  std::size_t nameWidth = 0;
  for (const auto& entry : entries) {
    if (entry.first.size() <= widestName) nameWidth = std::max(nameWidth, entry.first.size());
  }
  fmt::format_to(std::back_inserter(out), "\n{}:\n", title);
  for (const auto& [name, description] : entries) appendEntry(out, name, description, nameWidth);
}

}  // namespace

std::string commandHelp(const Command& command) {
  std::string out = command.summary() + "\n";
  std::vector<std::pair<std::string, std::string_view>> arguments;
  std::vector<std::pair<std::string, std::string_view>> options;
  std::string usage = fmt::format("kdsl {} [OPTIONS]", command.name());
  for (const auto& option : command.options()) {
    if (option.isArgument()) {
      usage.append(" ").append(argumentText(option));
      arguments.emplace_back(option.names, option.description);
    } else {
      options.emplace_back(optionText(option), option.description);
    }
  }
  options.emplace_back("-h, --help", "Show this help");
  if (!command.details().empty()) {
    out += '\n';
    appendWrapped(out, command.details(), 0);
  }
  fmt::format_to(std::back_inserter(out), "\nUsage: {}\n", usage);
  appendGroup(out, "Arguments", arguments);
  appendGroup(out, "Options", options);
  if (!command.examples().empty()) out += "\nExamples:\n";
  for (const auto& [line, effect] : command.examples()) {
    fmt::format_to(std::back_inserter(out), "  {}\n      ", line);
    appendWrapped(out, effect, 6);
  }
  return out;
}

std::string overview(const CommandLine& commandLine) {
  std::string out = "kdsl: typed configuration for Kubernetes, checked before it is applied\n\nUsage: kdsl COMMAND [OPTIONS]\n";
  std::vector<std::pair<std::string, std::string_view>> commands;
  for (const auto& command : commandLine.commands()) commands.emplace_back(command.name(), command.summary());
  appendGroup(out, "Commands", commands);
  appendGroup(out, "Options",
              {{"-h, --help", "Show this help, or that of a command: kdsl build --help"}, {"-V, --version", "Show the version"}});
  out +=
      "\nTo begin:\n"
      "  kdsl init shop                          make a small project in the folder shop\n"
      "  kdsl build shop/main.kdsl               print its objects as YAML\n"
      "  kdsl build shop/main.kdsl | kubectl apply -f -\n";
  return out;
}

std::string versionText() {
  const auto minors = query::Session::kubernetesMinors();
  return fmt::format("kdsl {} (Kubernetes 1.{} to 1.{})", version, minors.front(), minors.back());
}

}  // namespace kdsl::driver
