#include "docgen/site.hpp"

#include <fmt/format.h>

#include "base/sentence.hpp"
#include "codec/json_writer.hpp"
#include "docgen/assets.hpp"
#include "docgen/html.hpp"
#include "docgen/html_page.hpp"
#include "docgen/index.hpp"

namespace kdsl::docgen {
namespace {

using query::DocModule;

class Site {
 public:
  Site(std::span<const DocModule> modules, const std::string& title) : modules_(modules), index_(modules), title_(title) {}

  std::vector<Page> run() {
    std::vector<Page> pages;
    pages.push_back({"index.html", page(nullptr, "index", overview())});
    for (const auto& module : modules_) pages.push_back({pageOf(module) + ".html", page(&module, pageOf(module), moduleHtml(module, index_))});
    pages.push_back({"site.css", std::string(styleSheet)});
    pages.push_back({"site.js", std::string(script)});
    pages.push_back({"search-index.js", searchIndex()});
    return pages;
  }

 private:
  std::string page(const DocModule* module, std::string_view path, const std::string& content) const {
    const auto prefix = prefixOf(path);
    const auto heading = escaped(module == nullptr ? title_ : module->path + " – " + title_);
    std::string out = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n";
    out += fmt::format("<title>{}</title>\n<link rel=\"stylesheet\" href=\"{}site.css\"/>\n</head>\n<body data-prefix=\"{}\">\n", heading, prefix, prefix);
    out += navigation(module, prefix);
    out += "<main>\n" + content + "</main>\n";
    out += fmt::format("<script src=\"{0}search-index.js\"></script>\n<script src=\"{0}site.js\"></script>\n</body>\n</html>\n", prefix);
    return out;
  }

  std::string navigation(const DocModule* current, const std::string& prefix) const {
    auto out = fmt::format("<nav>\n<div class=\"title\"><a href=\"{}index.html\">{}</a> <button class=\"theme\" type=\"button\" title=\"Light or dark\">◐</button></div>\n", prefix, escaped(title_));
    out += "<input id=\"search\" type=\"search\" placeholder=\"Search  /\" aria-label=\"Search\" autocomplete=\"off\"/>\n<div id=\"found\"></div>\n<ul>\n";
    for (const auto& module : modules_) {
      out += fmt::format("<li{}><a href=\"{}{}.html\">{}</a>", &module == current ? " class=\"current\"" : "", prefix, escaped(pageOf(module)), escaped(module.path));
      if (&module == current && !module.items.empty()) {
        out += "\n<ul>\n";
        for (const auto& item : module.items) out += fmt::format("<li><a href=\"#{0}\">{0}</a></li>\n", escaped(item.name));
        out += "</ul>\n";
      }
      out += "</li>\n";
    }
    return out + "</ul>\n</nav>\n";
  }

  std::string overview() const {
    auto out = fmt::format("<h1>{}</h1>\n<table>\n<tbody>\n", escaped(title_));
    for (const auto& module : modules_) {
      out += fmt::format("<tr><td><a href=\"{}.html\">{}</a></td><td>{}</td></tr>\n", escaped(pageOf(module)), escaped(module.path), docHtml(base::firstSentence(module.doc), module, index_, "index"));
    }
    return out + "</tbody>\n</table>\n";
  }

  /// A script rather than data: a page that is opened from a file may load that.
  std::string searchIndex() const {
    std::string json;
    codec::JsonWriter writer(json);
    writer.beginDocument();
    writer.beginList();
    const auto entry = [&](const DocModule& module, const std::string& name, std::string_view word, std::string_view doc) {
      writer.beginMap();
      writer.key("name");
      writer.string(name);
      writer.key("word");
      writer.string(word);
      writer.key("module");
      writer.string(module.path);
      writer.key("url");
      writer.string(pageOf(module) + ".html#" + name);
      writer.key("doc");
      writer.string(base::firstSentence(doc));
      writer.endMap();
    };
    for (const auto& module : modules_) {
      for (const auto& item : module.items) {
        entry(module, item.name, item.word, item.doc);
        if (item.word == "fn") continue;
        for (const auto& member : item.members) entry(module, item.name + "." + member.name, member.word, member.doc);
      }
    }
    writer.endList();
    writer.endDocument();
    return "window.kdslIndex = " + json + ";\n";
  }

  std::span<const DocModule> modules_;
  Index index_;
  const std::string& title_;
};

}  // namespace

std::vector<Page> renderSite(std::span<const DocModule> modules, const std::string& title) { return Site(modules, title).run(); }

}  // namespace kdsl::docgen
