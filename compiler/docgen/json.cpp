// The documentation for programs.
#include "codec/json_writer.hpp"
#include "docgen/index.hpp"
#include "docgen/site.hpp"

namespace kdsl::docgen {
namespace {

using query::DocCheck;
using query::DocItem;
using query::DocMember;
using query::DocModule;
using query::DocType;

class Writer {
 public:
  Writer(std::string& out, const Index& index) : json_(out, codec::JsonStyle::Pretty), index_(index) {}

  void run() {
    json_.beginDocument();
    json_.beginMap();
    json_.key("modules");
    json_.beginList();
    for (const auto& each : index_.modules()) module(each);
    json_.endList();
    json_.endMap();
    json_.endDocument();
  }

 private:
  /// Empty texts are left out.
  void text(std::string_view key, std::string_view value) {
    if (value.empty()) return;
    json_.key(key);
    json_.string(value);
  }
  void flag(std::string_view key, bool value) {
    if (!value) return;
    json_.key(key);
    json_.boolean(true);
  }
  void maybe(std::string_view key, const std::optional<std::string>& value) {
    if (!value) return;
    json_.key(key);
    json_.string(*value);
  }

  void type(std::string_view key, const DocType& type) {
    if (type.text.empty()) return;
    json_.key(key);
    json_.beginMap();
    text("text", type.text);
    bool isOpen = false;
    for (const auto& link : type.links) {
      const auto target = index_.find(link);
      if (!target) continue;
      if (!isOpen) {
        json_.key("links");
        json_.beginMap();
        isOpen = true;
      }
      text(link.word, target->module->path + "#" + target->item);
    }
    if (isOpen) json_.endMap();
    json_.endMap();
  }

  void module(const DocModule& module) {
    json_.beginMap();
    text("path", module.path);
    text("doc", module.doc);
    type("extends", module.base);
    json_.key("items");
    json_.beginList();
    for (const auto& each : module.items) item(each);
    json_.endList();
    checks(module.checks);
    json_.endMap();
  }

  void item(const DocItem& item) {
    json_.beginMap();
    text("word", item.word);
    text("name", item.name);
    text("doc", item.doc);
    maybe("deprecated", item.deprecated);
    text("apiVersion", item.apiVersion);
    type("extends", item.base);
    type("type", item.type);
    text("where", item.condition);
    maybe("default", item.standard);
    flag("required", item.isRequired);
    if (!item.members.empty()) {
      json_.key("members");
      json_.beginList();
      for (const auto& each : item.members) member(each);
      json_.endList();
    }
    checks(item.checks);
    json_.endMap();
  }

  void member(const DocMember& member) {
    json_.beginMap();
    text("word", member.word);
    text("name", member.name);
    text("doc", member.doc);
    type("type", member.type);
    maybe("default", member.standard);
    flag("readOnlyDefault", member.isReadDefault);
    flag("required", member.isRequired);
    maybe("deprecated", member.deprecated);
    if (member.group != 0) {
      json_.key("oneOf");
      json_.integer(member.group);
    }
    json_.endMap();
  }

  void checks(const std::vector<DocCheck>& checks) {
    if (checks.empty()) return;
    json_.key("checks");
    json_.beginList();
    for (const auto& check : checks) {
      json_.beginMap();
      text("name", check.name);
      text("condition", check.condition);
      text("message", check.message);
      flag("warning", check.isWarning);
      flag("final", check.isFinal);
      json_.endMap();
    }
    json_.endList();
  }

  codec::JsonWriter json_;
  const Index& index_;
};

}  // namespace

std::string renderJson(std::span<const DocModule> modules) {
  std::string out;
  const Index index(modules);
  Writer(out, index).run();
  return out;
}

}  // namespace kdsl::docgen
