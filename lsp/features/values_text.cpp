#include "lsp/features/values_text.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "query/ide/describe.hpp"
#include "query/why.hpp"

namespace kdsl::lsp {
namespace {

using eval::Effect;
using eval::Provenance;
using eval::Setting;

constexpr std::size_t shownLines = 12;
constexpr std::size_t shownBelow = 3;

/// Markdown that shows the text as it is.
std::string code(std::string_view text) {
  std::string inside;
  for (const char c : text) {
    if (c == '\n') {
      inside += "\\n";
    } else if (c != '\r') {
      inside += c;
    }
  }
  const bool hasTick = inside.find('`') != std::string::npos;
  return hasTick ? "`` " + inside + " ``" : "`" + inside + "`";
}

bool isInForce(const Setting& setting) {
  return setting.effect != Effect::Below && setting.effect != Effect::Overridden && setting.effect != Effect::Dropped && setting.effect != Effect::Idle;
}

class Lines {
 public:
  explicit Lines(Workspace& workspace) : workspace_(workspace) {}

  void add(const query::ValuesInView& view) {
    struct Same {
      std::string path, rest;
      std::size_t count = 0;
    };
    std::vector<Same> found;
    for (const auto& value : view.values) {
      auto rest = restOf(value);
      auto same = std::find_if(found.begin(), found.end(), [&](const Same& other) { return other.rest == rest; });
      if (same == found.end()) same = found.insert(found.end(), {value.path, std::move(rest), 0});
      ++same->count;
    }
    const auto& path = workspace_.session().files()[view.view.root].displayPath;
    const auto name = (view.view.target.empty() ? path.substr(path.rfind('/') + 1) : view.view.target) + (view.isOld ? " (before the errors)" : "");
    for (const auto& one : found) {
      auto text = code(one.path) + (one.count > 1 ? " and " + std::to_string(one.count - 1) + " more" : "") + one.rest;
      auto line = std::find_if(lines_.begin(), lines_.end(), [&](const Line& other) { return other.text == text; });
      if (line == lines_.end()) line = lines_.insert(lines_.end(), {std::move(text), {}});
      line->views.push_back(name);
    }
    more_ += view.more;
    names_.push_back(name);
    isNamed_ = isNamed_ || !view.view.target.empty();
    skipped_ += view.skipped ? 1 : 0;
    isOld_ = isOld_ || view.isOld;
  }

  std::string text() const {
    std::string out;
    const bool tellsViews = isNamed_ || isOld_ || names_.size() > 1;
    for (std::size_t i = 0; i < lines_.size() && i < shownLines; ++i) {
      const auto& line = lines_[i];
      out += "- ";
      for (std::size_t k = 0; tellsViews && k < line.views.size(); ++k) out += (k == 0 ? "**" : ", **") + line.views[k] + "**";
      out += (tellsViews ? ": " : "") + line.text + "\n";
    }
    const auto hidden = more_ + (lines_.size() > shownLines ? lines_.size() - shownLines : 0);
    if (hidden != 0) out += "- … and " + std::to_string(hidden) + " more\n";
    if (skipped_ != 0) out += "- " + std::to_string(skipped_) + " more targets are not evaluated yet\n";
    return out;
  }

 private:
  struct Line {
    std::string text;
    std::vector<std::string> views;
  };

  std::string link(const source::Location& at) const {
    const auto path = workspace_.session().files()[at.file].path;
    const auto line = std::to_string(workspace_.position(at.file, at.span.begin).line + 1);
    return "[" + path.substr(path.rfind('/') + 1) + ":" + line + "](" + workspace_.uri(at.file) + "#L" + line + ")";
  }

  std::string who(const Setting& setting) const {
    switch (setting.origin) {
      case Setting::Origin::CommandLine: return "given from outside";
      case Setting::Origin::Server: return "which the API server takes";
      case Setting::Origin::Default: return base::valid(setting.at.file) ? "the default at " + link(setting.at) : "the default";
      case Setting::Origin::Source: break;
    }
    const char* const verb = setting.effect == Effect::Deletes    ? "absent by "
                             : setting.effect == Effect::Appends  ? "appended at "
                             : setting.effect == Effect::Prepends ? "prepended at "
                                                                  : "set at ";
    return base::valid(setting.at.file) ? verb + link(setting.at) : std::string("set");
  }

  /// ` = \`3\`, set at …, over \`2\` …`
  std::string restOf(const Provenance& value) const {
    const auto strongest = std::find_if(value.settings.begin(), value.settings.end(), isInForce);
    const bool isServers = strongest != value.settings.end() && strongest->origin == Setting::Origin::Server;
    std::string text = value.isHidden ? " = a hidden value" : " = " + code(isServers ? strongest->value : value.value);
    if (!value.isHidden) {
      const auto key = value.path.substr(value.path.find_last_of(".[") + 1);
      if (const auto explained = query::explainValue(value.value, value.type, key); !explained.empty()) text += " (" + explained + ")";
    }
    if (strongest == value.settings.end()) return text;
    text += ", " + who(*strongest);
    if (strongest->isFinal) text += " as `final`";
    std::string merged, below;
    std::size_t count = 0;
    for (const auto& setting : value.settings) {
      if (&setting == &*strongest || setting.effect == Effect::Idle || !base::valid(setting.at.file)) continue;
      const bool merges = isInForce(setting);
      if (merges) {
        const auto place = link(setting.at);
        if (merged.find(place) == std::string::npos && text.find(place) == std::string::npos) merged += (merged.empty() ? "" : ", ") + place;
      } else if (++count <= shownBelow) {
        const auto shown = setting.value.empty() || value.isHidden ? std::string() : code(setting.value) + ", ";
        below += (below.empty() ? ", over " : ", ") + shown + who(setting);
      }
    }
    if (!merged.empty()) text += ", with " + merged;
    return text + below;
  }

  Workspace& workspace_;
  std::vector<Line> lines_;
  std::vector<std::string> names_;
  std::size_t more_ = 0, skipped_ = 0;
  bool isNamed_ = false, isOld_ = false;
};

Json locationOr(Workspace& workspace, const source::Location& at) { return base::valid(at.file) ? Json(workspace.location(at)) : Json(); }

Json provenanceJson(Workspace& workspace, const Provenance& value) {
  Json settings = Json::array();
  for (const auto& setting : value.settings) {
    Json detours = Json::array();
    for (const auto& detour : setting.detours) detours.push_back({{"kind", query::nameOf(detour.kind)}, {"location", locationOr(workspace, detour.at)}, {"text", detour.text}});
    Json inputs = Json::array();
    for (const auto& input : setting.inputs) inputs.push_back(provenanceJson(workspace, input));
    Json json = {{"effect", query::nameOf(setting.effect)}, {"origin", query::nameOf(setting.origin)}, {"location", locationOr(workspace, setting.at)}, {"text", setting.text}, {"final", setting.isFinal}};
    if (!setting.value.empty()) json["value"] = setting.value;
    if (!setting.within.empty()) json["within"] = setting.within;
    if (!setting.condition.empty()) json["condition"] = setting.condition;
    json["detours"] = std::move(detours);
    json["inputs"] = std::move(inputs);
    settings.push_back(std::move(json));
  }
  return {{"path", value.path}, {"type", value.type}, {"value", value.value}, {"present", value.isPresent}, {"hidden", value.isHidden}, {"settings", std::move(settings)}};
}

}  // namespace

std::string valuesMarkdown(Workspace& workspace, const std::vector<query::ValuesInView>& views) {
  Lines lines(workspace);
  for (const auto& view : views) lines.add(view);
  return lines.text();
}

Json valuesJson(Workspace& workspace, const std::vector<query::ValuesInView>& views) {
  Json list = Json::array();
  for (const auto& view : views) {
    Json values = Json::array();
    for (const auto& value : view.values) values.push_back(provenanceJson(workspace, value));
    Json json = {{"root", workspace.uri(view.view.root)}, {"values", std::move(values)}, {"more", view.more}, {"skipped", view.skipped}};
    if (view.isOld) json["old"] = true;
    if (!view.view.target.empty()) json["target"] = view.view.target;
    list.push_back(std::move(json));
  }
  return list;
}

}  // namespace kdsl::lsp
