// Documentation as Markdown: for repositories that show it themselves.
#include <fmt/format.h>

#include <algorithm>

#include "base/sentence.hpp"
#include "docgen/index.hpp"
#include "docgen/site.hpp"

namespace kdsl::docgen {
namespace {

using query::DocCheck;
using query::DocItem;
using query::DocMember;
using query::DocModule;
using query::DocType;

std::string trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  return std::string(text);
}

/// In a cell of a table: on one line, without bars.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += "\\|";
    else if (c == '\n') out += ' ';
    else out += c;
  }
  return trimmed(out);
}

std::string code(std::string_view text) {
  const auto content = cell(text);
  const bool hasTick = content.find('`') != std::string::npos;
  return hasTick ? "`` " + content + " ``" : "`" + content + "`";
}

class PageWriter {
 public:
  PageWriter(const DocModule& module, const Index& index) : module_(module), index_(index) {}

  std::string run() {
    out_ = fmt::format("# {}\n", module_.path);
    paragraph(module_.doc);
    if (!module_.base.text.empty()) paragraph("Extends " + type(module_.base) + ".");
    for (const auto& item : module_.items) this->item(item);
    checks(module_.checks);
    return std::move(out_);
  }

 private:
  void paragraph(std::string_view text) {
    if (!text.empty()) out_ += "\n" + trimmed(text) + "\n";
  }

  /// A type with links behind it: a word in code cannot be one.
  std::string type(const DocType& type) const {
    if (type.text.empty()) return {};
    if (type.links.size() == 1 && type.links[0].word == type.text) {
      if (const auto target = index_.find(type.links[0])) return fmt::format("[{}]({})", code(type.text), address(*target));
    }
    return code(type.text);
  }

  std::string address(const Index::Target& target) const {
    std::string anchor;
    const auto& items = target.module->items;
    const auto found = std::find_if(items.begin(), items.end(), [&](const DocItem& item) { return item.name == target.item; });
    if (found != items.end()) {
      // The heading `word Name`, as Markdown readers make an anchor of it.
      anchor = "#" + found->word + "-" + found->name;
      std::transform(anchor.begin(), anchor.end(), anchor.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    }
    return target.module == &module_ ? anchor : prefixOf(module_.path) + pageOf(*target.module) + ".md" + anchor;
  }

  static std::string deprecation(const std::optional<std::string>& text) {
    return text ? "**Deprecated**" + (text->empty() ? std::string() : ": " + *text) + " " : std::string();
  }

  void item(const DocItem& item) {
    out_ += fmt::format("\n## `{} {}`\n", item.word, item.name);
    paragraph(deprecation(item.deprecated));
    paragraph(item.doc);
    if (!item.apiVersion.empty()) paragraph(fmt::format("`apiVersion: {}`", item.apiVersion));
    const auto* base = documentedBase(item);
    if (!item.base.text.empty()) paragraph(fmt::format("Extends {}: it has all of its members{}.", type(item.base), base == nullptr ? "" : ", and these"));
    if (item.word == "fn") {
      paragraph("Gives " + type(item.type) + ".");
    } else if (!item.type.text.empty()) {
      paragraph(type(item.type) + (item.condition.empty() ? "" : " where " + code(item.condition)));
      if (item.standard || item.isRequired) paragraph(item.standard ? "Default: " + code(*item.standard) : "**required**");
    }
    members(item, base);
    checks(item.checks);
  }

  /// What an item extends, if that is documented as well: then its members are not listed again.
  const DocItem* documentedBase(const DocItem& item) const {
    for (const auto& link : item.base.links) {
      const auto target = index_.find(link);
      if (!target) continue;
      const auto& items = target->module->items;
      const auto found = std::find_if(items.begin(), items.end(), [&](const DocItem& other) { return other.name == target->item; });
      if (found != items.end() && &*found != &item) return &*found;
    }
    return nullptr;
  }

  void members(const DocItem& whole, const DocItem* base) {
    DocItem item;
    item.word = whole.word;
    for (const auto& member : whole.members) {
      const bool isInherited = base != nullptr && std::any_of(base->members.begin(), base->members.end(), [&](const DocMember& other) { return other.name == member.name; });
      if (!isInherited) item.members.push_back(member);
    }
    const auto isInput = [](const DocMember& member) { return member.word == "param" || member.word == "field" || member.word == "parameter"; };
    if (std::any_of(item.members.begin(), item.members.end(), isInput)) {
      out_ += fmt::format("\n| {} | type | default | |\n|---|---|---|---|\n", item.word == "component" ? "param" : item.word == "fn" ? "parameter" : "field");
      for (const auto& member : item.members) {
        if (!isInput(member)) continue;
        const auto standard = member.standard ? code(*member.standard) + (member.isReadDefault ? " (read)" : "") : member.isRequired ? "**required**" : member.group != 0 ? "one of these" : "";
        out_ += fmt::format("| `{}` | {} | {} | {} |\n", member.name, type(member.type), standard, cell(deprecation(member.deprecated) + member.doc));
      }
    }
    if (std::all_of(item.members.begin(), item.members.end(), isInput)) return;
    out_ += "\n| member | type | |\n|---|---|---|\n";
    for (const auto& member : item.members) {
      if (!isInput(member)) out_ += fmt::format("| {} `{}` | {} | {} |\n", member.word, member.name, type(member.type), cell(member.doc));
    }
  }

  void checks(std::span<const DocCheck> checks) {
    if (checks.empty()) return;
    out_ += "\n| check | condition | says |\n|---|---|---|\n";
    for (const auto& check : checks) {
      const auto name = check.name.empty() ? std::string() : code(check.name);
      out_ += fmt::format("| {} | {} | {} |\n", name + (check.isWarning ? " (warning)" : check.isFinal ? " (final)" : ""), code(check.condition), cell(check.message));
    }
  }

  const DocModule& module_;
  const Index& index_;
  std::string out_;
};

}  // namespace

std::vector<Page> renderMarkdown(std::span<const DocModule> modules, const std::string& title) {
  const Index index(modules);
  std::vector<Page> pages;
  auto list = fmt::format("# {}\n\n| module | |\n|---|---|\n", title);
  for (const auto& module : modules) {
    list += fmt::format("| [{}]({}.md) | {} |\n", module.path, pageOf(module), cell(base::firstSentence(module.doc)));
    pages.push_back({pageOf(module) + ".md", PageWriter(module, index).run()});
  }
  pages.insert(pages.begin(), {"README.md", std::move(list)});
  return pages;
}

}  // namespace kdsl::docgen
