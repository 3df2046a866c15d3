// Renaming an element of a keyed list. It has no declaration: what is called so is found by where it is, and of what only a value leads to there must be one that can be meant.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "query/ide/assistant.hpp"

namespace kdsl::query {

std::optional<ElementUse> Assistant::elementAt(FileId file, std::uint32_t offset) {
  const auto facts = session_.facts(file);
  for (auto& use : elementUses(facts, index(file, facts))) {
    if (use.span.touches(offset) && base::valid(use.element) && !use.isShorthand) return std::move(use);
  }
  return std::nullopt;
}

Rename Assistant::renameElement(FileId file, const ElementUse& asked, std::string_view name) {
  Rename result;
  const auto refused = [&](std::string why) {
    result.edits.clear();
    result.refusal = std::move(why);
    return result;
  };
  if (name.empty() || name.find_first_of("\"\\$\r\n") != std::string_view::npos) return refused("this cannot stand in a text as it is");
  if (name == asked.name) return result;
  // What is not built together with the file, or with the one that it is about, is about other lists.
  const auto read = session_.closure(file);
  const auto isConnected = [&](FileId other) {
    if (std::ranges::find(read, other) != read.end()) return true;
    return std::ranges::any_of(session_.closure(other), [&](FileId one) { return one == file || one == asked.ownerFile; });
  };
  std::vector<std::pair<FileId, ElementUse>> uses;
  std::set<std::string> declared, taken;  // ways to elements of the name, and of the new one
  for (const auto other : modules()) {
    if (isStopped()) return {};
    const auto& source = session_.files()[other];
    if (source.builtIn || (other != file && source.text.find(asked.name) == std::string::npos && source.text.find(name) == std::string::npos) || !isConnected(other)) continue;
    const auto facts = session_.facts(other, file);
    for (auto& use : elementUses(facts, index(other, facts))) {
      if (use.element != asked.element) continue;
      if (use.name == name && !use.refers) taken.insert(use.owner + use.path.substr(0, use.path.rfind('/')));
      if (use.name != asked.name) continue;
      if (use.declares) declared.insert(use.owner + use.path);
      uses.emplace_back(other, std::move(use));
    }
  }
  const auto quoted = fmt::format("`{}`", asked.name);
  auto meant = asked.owner + asked.path;
  if (!declared.contains(meant) || asked.refers) {
    if (declared.empty()) return refused(fmt::format("no declaration makes {} by this name itself: a library or another value does, or the name is worked out", quoted));
    const auto ofOwner = [&](const std::string& one) { return !asked.owner.empty() && one.starts_with(asked.owner + "/"); };
    const auto known = asked.refers && std::ranges::count_if(declared, ofOwner) == 1 ? std::ranges::find_if(declared, ofOwner) : declared.begin();
    if (declared.size() > 1 && !ofOwner(*known)) return refused(fmt::format("several elements are called {}, and this may be any of them: rename one where it is made", quoted));
    meant = *known;
  }
  if (taken.contains(meant.substr(0, meant.rfind('/'))) || (!taken.empty() && taken.contains(std::string()))) return refused(fmt::format("`{}` is in that list already", name));
  for (const auto& [other, use] : uses) {
    const auto place = use.owner + use.path;
    const bool isOfOther = use.refers ? !use.owner.empty() && !meant.starts_with(use.owner + "/") && std::ranges::any_of(declared, [&](const std::string& one) { return one.starts_with(use.owner + "/"); })
                                      : declared.contains(place) && place != meant;
    if (isOfOther) continue;
    const bool isSure = use.refers ? !use.owner.empty() && meant.starts_with(use.owner + "/") : place == meant;
    const auto& source = session_.files()[other];
    if (!isSure && declared.size() > 1) {
      const auto line = source.lines().lineColumn(source.text, use.span.begin, source::ColumnUnit::Utf8).line + 1;
      return refused(fmt::format("{}:{} names a {} too, and of several elements of this name it may mean any", source.displayPath, line, quoted));
    }
    result.edits.push_back(renamedElement(session_.facts(other, file), use, name));
  }
  return result;
}

}  // namespace kdsl::query
