#include "docgen/html_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "docgen/comment_text.hpp"
#include "docgen/html.hpp"

namespace kdsl::docgen {
namespace {

using query::DocCheck;
using query::DocItem;
using query::DocMember;
using query::DocModule;
using query::DocType;

bool isWordChar(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

bool isInput(const DocMember& member) { return member.word == "param" || member.word == "field" || member.word == "parameter"; }

class PageWriter {
 public:
  PageWriter(const DocModule& module, const Index& index) : module_(module), index_(index) {}

  std::string run() {
    out_ += fmt::format("<h1>{}</h1>\n", escaped(module_.path));
    out_ += doc(module_.doc);
    if (!module_.base.text.empty()) out_ += fmt::format("<p>Extends {}.</p>\n", type(module_.base));
    for (const auto& item : module_.items) this->item(item);
    checks(module_.checks);
    return std::move(out_);
  }

 private:
  std::string doc(std::string_view comment) const { return docHtml(comment, module_, index_, pageOf(module_)); }

  /// The text of a type; the words that are declared in a documented module are links.
  std::string type(const DocType& type) const {
    std::string out;
    const std::string_view text = type.text;
    bool inText = false;
    for (std::size_t at = 0; at < text.size();) {
      if (text[at] == '"') inText = !inText;
      if (inText || !isWordChar(text[at])) {
        out += escaped(text.substr(at++, 1));
        continue;
      }
      auto end = at;
      while (end < text.size() && isWordChar(text[end])) ++end;
      const auto word = text.substr(at, end - at);
      const auto link = std::find_if(type.links.begin(), type.links.end(), [&](const query::DocLink& each) { return each.word == word; });
      const auto target = link == type.links.end() ? std::nullopt : index_.find(*link);
      out += target ? fmt::format("<a href=\"{}\">{}</a>", escaped(addressOf(*target, pageOf(module_))), escaped(word)) : escaped(word);
      at = end;
    }
    return "<code>" + out + "</code>";
  }

  static std::string deprecation(const std::optional<std::string>& text) {
    if (!text) return {};
    return fmt::format("<p class=\"deprecated\">Deprecated{}</p>\n", text->empty() ? "" : ": " + escaped(*text));
  }

  static std::string standard(const std::optional<std::string>& text, bool isRequired, bool isRead) {
    if (text) return fmt::format("<code>{}</code>{}", escaped(*text), isRead ? " <span class=\"faint\">read, not written</span>" : "");
    return isRequired ? "<span class=\"required\">required</span>" : "";
  }

  void item(const DocItem& item) {
    out_ += fmt::format("<section id=\"{0}\">\n<h2><span class=\"word\">{1}</span> <a href=\"#{0}\">{0}</a></h2>\n", escaped(item.name), escaped(item.word));
    out_ += deprecation(item.deprecated);
    out_ += doc(item.doc);
    if (!item.apiVersion.empty()) out_ += fmt::format("<p><code>apiVersion: {}</code></p>\n", escaped(item.apiVersion));
    if (!item.base.text.empty()) out_ += fmt::format("<p>Extends {}: it has all of its members.</p>\n", type(item.base));
    if (item.word == "fn") {
      out_ += fmt::format("<p>Gives {}.</p>\n", type(item.type));
    } else if (!item.type.text.empty()) {
      out_ += fmt::format("<p>{}{}</p>\n", type(item.type), item.condition.empty() ? "" : " where <code>" + escaped(item.condition) + "</code>");
      const auto value = standard(item.standard, item.isRequired, false);
      if (!value.empty()) out_ += fmt::format("<p>{}{}</p>\n", item.standard ? "Default: " : "", value);
    }
    inputs(item);
    made(item);
    checks(item.checks);
    out_ += "</section>\n";
  }

  void inputs(const DocItem& item) {
    if (std::none_of(item.members.begin(), item.members.end(), isInput)) return;
    out_ += fmt::format("<h3>{}</h3>\n<table>\n<thead><tr><th>name</th><th>type</th><th>default</th><th></th></tr></thead>\n<tbody>\n",
                        item.word == "component" ? "Params" : item.word == "fn" ? "Parameters" : "Fields");
    for (const auto& member : item.members) {
      if (!isInput(member)) continue;
      const auto id = escaped(item.name + "." + member.name);
      auto about = deprecation(member.deprecated) + doc(member.doc);
      if (member.group != 0) about += fmt::format("<p class=\"faint\">{} of {}.</p>\n", member.groupIsRequired ? "One" : "At most one", groupOf(item, member.group));
      out_ += fmt::format("<tr id=\"{0}\"><td><a href=\"#{0}\"><code>{1}</code></a></td><td>{2}</td><td>{3}</td><td>{4}</td></tr>\n", id, escaped(member.name), type(member.type),
                          standard(member.standard, member.isRequired, member.isReadDefault), about);
    }
    out_ += "</tbody>\n</table>\n";
  }

  static std::string groupOf(const DocItem& item, std::uint32_t group) {
    std::string names;
    for (const auto& member : item.members) {
      if (member.group == group) names += fmt::format("{}<code>{}</code>", names.empty() ? "" : ", ", escaped(member.name));
    }
    return names;
  }

  /// What can be read of an instance, and refined.
  void made(const DocItem& item) {
    if (std::all_of(item.members.begin(), item.members.end(), isInput)) return;
    out_ += "<h3>Members</h3>\n<table>\n<thead><tr><th>name</th><th>type</th><th></th></tr></thead>\n<tbody>\n";
    for (const auto& member : item.members) {
      if (isInput(member)) continue;
      const auto id = escaped(item.name + "." + member.name);
      out_ += fmt::format("<tr id=\"{0}\"><td><span class=\"faint\">{1}</span> <a href=\"#{0}\"><code>{2}</code></a></td><td>{3}</td><td>{4}</td></tr>\n", id, escaped(member.word),
                          escaped(member.name), type(member.type), deprecation(member.deprecated) + doc(member.doc));
    }
    out_ += "</tbody>\n</table>\n";
  }

  void checks(std::span<const DocCheck> checks) {
    if (checks.empty()) return;
    out_ += "<h3>Checks</h3>\n<table>\n<thead><tr><th>name</th><th>condition</th><th>says</th></tr></thead>\n<tbody>\n";
    for (const auto& check : checks) {
      std::string kind = check.isWarning ? " <span class=\"faint\">warning</span>" : check.isFinal ? " <span class=\"faint\">cannot be waived</span>" : "";
      out_ += fmt::format("<tr><td>{}{}</td><td><code>{}</code></td><td>{}</td></tr>\n", check.name.empty() ? "" : "<code>" + escaped(check.name) + "</code>", kind,
                          escaped(check.condition), escaped(check.message));
    }
    out_ += "</tbody>\n</table>\n";
  }

  const DocModule& module_;
  const Index& index_;
  std::string out_;
};

}  // namespace

std::string addressOf(const Index::Target& target, std::string_view page) {
  auto anchor = target.item.empty() ? std::string() : "#" + target.item;
  if (pageOf(*target.module) == page && !anchor.empty()) return anchor;
  return prefixOf(page) + pageOf(*target.module) + ".html" + anchor;
}

std::string docHtml(std::string_view comment, const DocModule& module, const Index& index, std::string_view page) {
  return commentHtml(comment, [&](std::string_view word) {
    const auto target = index.find(word, module);
    return target ? addressOf(*target, page) : std::string();
  });
}

std::string moduleHtml(const DocModule& module, const Index& index) { return PageWriter(module, index).run(); }

}  // namespace kdsl::docgen
