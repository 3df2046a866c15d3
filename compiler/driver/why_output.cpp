#include "driver/why_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "diag/place.hpp"
#include "diag/style.hpp"
#include "diag/visible.hpp"
#include "driver/json_place.hpp"

namespace kdsl::driver {
namespace {

using diag::Style;
using eval::Detour;
using eval::Effect;
using eval::Provenance;
using eval::Setting;
using Json = nlohmann::ordered_json;

constexpr std::size_t widestText = 60;

std::string visible(std::string_view text) {
  std::string out;
  diag::appendVisible(out, text);
  return out;
}

std::size_t columnsOf(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Chains as an indented table: place, text, what it does.
class WhyText {
 public:
  WhyText(const source::FileTable& files, bool color) : files_(files), painter_(out_, color) {}

  void chain(const Provenance& chain, std::size_t indentation) {
    out_.append(indentation, ' ');
    painter_.paint(Style::Strong, visible(chain.path));
    out_ += ": " + visible(chain.value) + "\n";
    std::size_t placeWidth = 0, textWidth = 0;
    for (const auto& setting : chain.settings) {
      placeWidth = std::max(placeWidth, columnsOf(place(setting)));
      if (const auto width = columnsOf(setting.text); width <= widestText) textWidth = std::max(textWidth, width);
    }
    for (const auto& setting : chain.settings) {
      row(setting, indentation + 2, placeWidth, textWidth);
      for (const auto& input : setting.inputs) this->chain(input, indentation + 4);
    }
  }

  std::string take() { return std::move(out_); }

 private:
  std::string line(const source::Location& at) const { return lineText(files_, at); }

  std::string place(const Setting& setting) const {
    switch (setting.origin) {
      case Setting::Origin::CommandLine: return "command line";
      case Setting::Origin::Server: return base::valid(setting.at.file) ? line(setting.at) : "API server";
      default: return line(setting.at);
    }
  }

  void row(const Setting& setting, std::size_t indentation, std::size_t placeWidth, std::size_t textWidth) {
    const auto where = place(setting);
    const auto text = setting.origin == Setting::Origin::CommandLine ? "-p " + setting.text : setting.text;
    out_.append(indentation, ' ');
    painter_.paint(Style::Frame, visible(where));
    out_.append(placeWidth - std::min(placeWidth, columnsOf(where)) + 3, ' ');
    out_ += visible(text);
    const auto note = visible(noteOf(setting));
    if (!note.empty()) {
      out_.append(textWidth - std::min(textWidth, columnsOf(text)) + 3, ' ');
      out_ += note;
    }
    out_ += '\n';
  }

  static std::string action(const Setting& setting) {
    const std::string value = setting.value.empty() ? std::string() : setting.value + ", ";
    switch (setting.effect) {
      case Effect::Sets: return value + (setting.origin == Setting::Origin::Default ? "the default" : "set here");
      case Effect::Merges: return setting.origin == Setting::Origin::Default ? "the default, merged" : "merged";
      case Effect::Appends: return "appended";
      case Effect::Prepends: return "prepended";
      case Effect::Deletes: return "absent";
      case Effect::External: return "made elsewhere";
      case Effect::Below: return value + (setting.origin == Setting::Origin::Default ? "the default, read by `super`" : "read by `super`");
      case Effect::Overridden: return value + (setting.origin == Setting::Origin::Default ? "the default, overridden" : "overridden");
      case Effect::Dropped: return "dropped by a stronger layer";
      case Effect::Idle: return setting.condition.empty() ? "nothing there" : fmt::format("not held: {}", setting.condition);
    }
    return {};
  }

  std::string noteOf(const Setting& setting) const {
    if (setting.origin == Setting::Origin::Server) return fmt::format("{}, read where nothing is set; not written", setting.value);
    std::string note = action(setting);
    if (setting.isFinal) note = "final, " + note;
    for (const auto& detour : setting.detours) {
      const auto at = line(detour.at);
      switch (detour.kind) {
        case Detour::Kind::Each: note += ", by each"; break;
        case Detour::Kind::Spread: note += detour.text.empty() ? ", by a spread" : fmt::format(", by `{}`", detour.text); break;
        case Detour::Kind::Copy: note += detour.text.empty() ? ", passed on" : fmt::format(", through `{}`", detour.text); break;
      }
      note += fmt::format(" at {}", at);
    }
    if (!setting.within.empty()) note += fmt::format(", in {}", setting.within);
    return note;
  }

  const source::FileTable& files_;
  std::string out_;
  diag::Painter painter_;
};

Json chainJson(const Provenance& chain, const source::FileTable& files) {
  auto settings = Json::array();
  for (const auto& setting : chain.settings) {
    auto detours = Json::array();
    for (const auto& detour : setting.detours) detours.push_back({{"kind", query::nameOf(detour.kind)}, {"place", placeJson(files, detour.at)}, {"text", detour.text}});
    auto inputs = Json::array();
    for (const auto& input : setting.inputs) inputs.push_back(chainJson(input, files));
    Json json = {{"effect", query::nameOf(setting.effect)}, {"origin", query::nameOf(setting.origin)}, {"place", placeJson(files, setting.at)}, {"text", setting.text}};
    if (!setting.value.empty()) json["value"] = setting.value;
    if (setting.isFinal) json["final"] = true;
    if (!setting.within.empty()) json["within"] = setting.within;
    if (!setting.condition.empty()) json["condition"] = setting.condition;
    json["detours"] = std::move(detours);
    json["inputs"] = std::move(inputs);
    settings.push_back(std::move(json));
  }
  return {{"path", chain.path}, {"type", chain.type}, {"value", chain.value}, {"present", chain.isPresent}, {"hidden", chain.isHidden}, {"settings", std::move(settings)}};
}

}  // namespace

std::string lineText(const source::FileTable& files, const source::Location& at) {
  const auto found = diag::placeOf(files, at);
  return found.file == nullptr ? std::string() : fmt::format("{}:{}", found.file->displayPath, found.begin.line);
}

std::string whyText(const query::WhyResult& result, const source::FileTable& files, bool color) {
  WhyText text(files, color);
  text.chain(*result.provenance, 0);
  return text.take();
}

std::string whyJson(const query::WhyResult& result, const source::FileTable& files) {
  Json json = {{"version", 1}};
  const auto chain = chainJson(*result.provenance, files);
  for (const auto& [key, value] : chain.items()) json[key] = value;
  if (!result.rest.empty()) json["rest"] = result.rest;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace kdsl::driver
