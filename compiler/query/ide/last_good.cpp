#include "query/ide/last_good.hpp"

#include "query/ide/assistant.hpp"

namespace kdsl::query {

struct LastGood::Shadow {
  explicit Shadow(const Options& options) : session(options) {}

  Session session;
  Assistant assistant{session};
};

LastGood::LastGood(Session& session) : session_(session) {}
LastGood::~LastGood() = default;

void LastGood::remember(FileId root) {
  for (const auto file : session_.closure(root)) {
    const auto& known = session_.files()[file];
    if (known.builtIn) continue;
    auto& text = texts_[known.path];
    if (text != known.text) text = known.text;
  }
}

FileId LastGood::shadowOf(FileId file) {
  const auto& path = session_.files()[file].path;
  if (!texts_.contains(path)) return base::none<FileId>;
  if (shadow_ == nullptr) shadow_ = std::make_unique<Shadow>(session_.options());
  for (const auto& [known, text] : texts_) {
    const auto its = shadow_->session.find(known);
    if (base::valid(its) && shadow_->session.files()[its].text == text) continue;
    shadow_->session.openText(known, text);
    shadow_->assistant.changed();
  }
  return shadow_->session.find(path);
}

TextChange LastGood::changeOf(FileId file) const {
  const auto& known = session_.files()[file];
  return {texts_.at(known.path), known.text};
}

ValueOptions LastGood::shadowOptions(const ValueOptions& options) {
  auto own = options;
  own.roots.clear();
  for (const auto root : options.roots) {
    if (const auto shadow = shadowOf(root); base::valid(shadow)) own.roots.push_back(shadow);
  }
  return own;
}

source::Location LastGood::here(const source::Location& at) {
  if (!base::valid(at.file)) return at;
  const auto& path = shadow_->session.files()[at.file].path;
  auto file = session_.find(path);
  std::vector<diag::Diagnostic> ignored;  // it could be read a moment ago
  if (!base::valid(file) && path.starts_with('/')) file = session_.open(path, ignored);
  if (!base::valid(file)) return {};
  const auto known = texts_.find(path);
  if (known == texts_.end()) return {file, at.span};
  const TextChange change(known->second, session_.files()[file].text);
  return {file, {change.nearestAfter(at.span.begin), change.nearestAfter(at.span.end)}};
}

void LastGood::moveHere(eval::Provenance& value) {
  for (auto& setting : value.settings) {
    setting.at = here(setting.at);
    for (auto& detour : setting.detours) detour.at = here(detour.at);
    for (auto& input : setting.inputs) moveHere(input);
  }
}

std::vector<ValuesInView> LastGood::values(FileId file, std::uint32_t offset, const ValueOptions& options) {
  const auto shadow = shadowOf(file);
  const auto before = base::valid(shadow) ? changeOf(file).before(offset) : std::nullopt;
  if (!before) return {};
  auto found = shadow_->assistant.values(shadow, *before, shadowOptions(options));
  for (auto& view : found) {
    view.isOld = true;
    view.view.root = here({view.view.root, {}}).file;
    view.view.project = nullptr;  // of the other session
    view.view.of = nullptr;
    for (auto& value : view.values) moveHere(value);
  }
  return found;
}

std::vector<InlayHint> LastGood::valueHints(FileId file, Span range, const ValueOptions& options) {
  const auto shadow = shadowOf(file);
  if (!base::valid(shadow)) return {};
  const auto change = changeOf(file);
  std::vector<InlayHint> hints;
  const auto whole = Span{0, static_cast<std::uint32_t>(shadow_->session.files()[shadow].text.size())};
  for (auto& hint : shadow_->assistant.valueHints(shadow, whole, shadowOptions(options))) {
    const auto offset = change.after(hint.offset);
    if (!offset || *offset < range.begin || *offset > range.end) continue;
    hint.offset = *offset;
    hints.push_back(std::move(hint));
  }
  return hints;
}

}  // namespace kdsl::query
