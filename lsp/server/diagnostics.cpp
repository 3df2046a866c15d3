#include "lsp/server/diagnostics.hpp"
#include "diag/codes/evaluation.hpp"
#include "diag/codes/names.hpp"
#include "diag/codes/types.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace kdsl::lsp {
namespace {

constexpr auto longestWait = std::chrono::milliseconds(50);
/// A check that takes less is not worth waiting for.
constexpr auto fastCheck = std::chrono::milliseconds(30);
constexpr int maxInterruptions = 3;

bool hasErrors(const std::vector<diag::Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const diag::Diagnostic& one) { return one.severity == diag::Severity::Error; });
}

DiagnosticSeverity severityOf(diag::Severity severity) {
  switch (severity) {
    case diag::Severity::Error: return DiagnosticSeverity::Error;
    case diag::Severity::Warning: return DiagnosticSeverity::Warning;
    case diag::Severity::Info: return DiagnosticSeverity::Information;
  }
  return DiagnosticSeverity::Error;
}

bool isProjectFile(std::string_view path) { return path.ends_with("/" + std::string(query::projectFileName)); }

bool sameFinding(const diag::Diagnostic& a, const diag::Diagnostic& b) {
  return a.code == b.code && a.displayCode == b.displayCode && a.primary.at == b.primary.at && a.arguments == b.arguments;
}

}  // namespace

void Diagnostics::changed(FileId file) {
  lastChange_ = Clock::now();
  interruptions_ = 0;
  std::erase(stale_, file);
  stale_.push_back(file);
  edited_.insert(file);
}

void Diagnostics::closed(FileId file) {
  std::erase(stale_, file);
  edited_.erase(file);
  pulled_.erase(file);
  answered_.erase(file);
  std::set<FileId> affected{file};
  for (const auto& one : byRoot_[file]) affected.insert(one.primary.at.file);
  byRoot_.erase(file);
  changedAll();
  for (const auto other : affected) {
    if (base::valid(other)) publish(other);
  }
}

void Diagnostics::changedAll() {
  lastChange_ = Clock::now();
  for (const auto& [path, document] : workspace_.documents()) {
    if (std::find(stale_.begin(), stale_.end(), document.file) == stale_.end()) stale_.insert(stale_.begin(), document.file);
  }
  if (!pulled_.empty() && workspace_.client.refreshesDiagnostics) client_.request("workspace/diagnostic/refresh", nullptr);
}

std::optional<std::chrono::milliseconds> Diagnostics::due() const {
  if (stale_.empty() && edited_.empty()) return std::nullopt;
  const auto wait = std::min<Clock::duration>(lastCost_, longestWait);
  const auto left = lastChange_ + wait - Clock::now();
  if (wait < fastCheck || left <= Clock::duration::zero()) return std::chrono::milliseconds(0);
  return std::chrono::ceil<std::chrono::milliseconds>(left);
}

void Diagnostics::step() {
  if (stale_.empty()) return findDependents();
  const auto file = stale_.back();
  stale_.pop_back();
  const auto begin = Clock::now();
  const bool mayStop = interruptions_ < maxInterruptions;
  if (!check(file, mayStop ? &interrupted_ : nullptr)) {
    ++interruptions_;
    stale_.push_back(file);
    return;
  }
  lastCost_ = Clock::now() - begin;
}

void Diagnostics::findDependents() {
  auto edited = std::move(edited_);
  edited_.clear();
  const auto before = stale_.size();
  const auto& files = workspace_.session().files();
  // What it says, a version of Kubernetes for one, concerns files that do not import it: also those that were edited and checked before it was.
  const bool isOfProject = std::any_of(edited.begin(), edited.end(), [&](FileId one) { return isProjectFile(files[one].path); });
  for (const auto& [path, document] : workspace_.documents()) {
    const auto read = workspace_.session().readFor(document.file);
    const auto isOther = [&](FileId one) { return one != document.file && edited.contains(one); };
    if ((isOfProject && !isProjectFile(path)) || std::any_of(read.begin(), read.end(), isOther)) stale_.push_back(document.file);
  }
  // Their hints tell values that have changed with what was edited.
  if (stale_.size() != before && workspace_.settings.inlayHints.values && workspace_.client.refreshesInlayHints) client_.request("workspace/inlayHint/refresh", nullptr);
}

const Diagnostics::Findings* Diagnostics::findings(FileId root, const std::atomic<bool>* stop) {
  const auto revision = workspace_.session().revision(root);
  auto& known = known_[root];
  if (known.revision == revision) return &known;
  auto found = compute(root, stop);
  if (!found) return nullptr;
  known = {revision, std::move(*found)};
  return &known;
}

std::optional<std::vector<diag::Diagnostic>> Diagnostics::compute(FileId root, const std::atomic<bool>* stop) {
  const auto minors = workspace_.session().versions(root);
  std::vector<std::pair<diag::Diagnostic, std::vector<int>>> all;  // with the versions that have it
  for (const auto minor : minors) {
    auto found = compute(root, minor, minor == minors.front(), stop);
    if (!found) return std::nullopt;
    for (auto& one : *found) {
      const auto known = std::find_if(all.begin(), all.end(), [&](const auto& other) { return sameFinding(one, other.first); });
      if (known != all.end()) {
        known->second.push_back(minor);
      } else {
        all.emplace_back(std::move(one), std::vector<int>{minor});
      }
    }
  }
  std::vector<diag::Diagnostic> found;
  for (auto& [one, having] : all) {
    std::string text;
    for (const auto minor : having) text += (text.empty() ? "with Kubernetes 1." : " and 1.") + std::to_string(minor);
    if (having.size() < minors.size()) one.note(text + ", which a target is built for");
    found.push_back(std::move(one));
  }
  return found;
}

std::optional<std::vector<diag::Diagnostic>> Diagnostics::compute(FileId root, int kubernetesMinor, bool isFirst, const std::atomic<bool>* stop) {
  auto& session = workspace_.session();
  std::vector<diag::Diagnostic> found;
  if (isFirst) found = session.projectErrors(root, stop);
  if (stop != nullptr && *stop) return std::nullopt;
  if (isProjectFile(session.files()[root].path)) return found;
  auto ofFile = session.staticErrors(root, kubernetesMinor);
  const bool isBroken = hasErrors(ofFile);
  found.insert(found.end(), std::make_move_iterator(ofFile.begin()), std::make_move_iterator(ofFile.end()));
  if (isBroken) return found;
  query::BuildOptions options;
  options.kubernetesMinor = kubernetesMinor;
  options.limits.stop = stop;
  auto build = session.build(root, options);
  if (build.stopped) return std::nullopt;
  if (isFirst) workspace_.assistant().evaluable(root);
  auto diagnostics = std::move(build.diagnostics);
  if (isFirst) workspace_.assistant().built(root, std::move(build));
  for (auto& one : diagnostics) {
    // That a module has inputs is no fault of it: whoever builds it gives them.
    if (one.code == diag::code::params_missing) continue;
    const bool known = std::any_of(found.begin(), found.end(), [&](const diag::Diagnostic& other) { return sameFinding(one, other); });
    if (known) continue;
    // What happens within a module of the binary, or nowhere, is shown where the user's own files come into it.
    const auto& files = session.files();
    const auto isShown = [&](const source::Location& at) { return base::valid(at.file) && !files[at.file].builtIn; };
    if (!isShown(one.primary.at)) {
      const auto own = std::find_if(one.related.begin(), one.related.end(), [&](const diag::Label& label) { return isShown(label.at); });
      const source::Location place = own != one.related.end() ? own->at : source::Location{root, {0, 0}};
      one.related.insert(one.related.begin(), one.primary);
      one.primary.at = place;
    }
    found.push_back(std::move(one));
  }
  return found;
}

bool Diagnostics::check(FileId root, const std::atomic<bool>* stop) {
  const auto* found = findings(root, stop);
  if (found == nullptr) return false;
  std::set<FileId> affected{root};
  for (const auto& one : byRoot_[root]) affected.insert(one.primary.at.file);
  for (const auto& one : found->all) affected.insert(one.primary.at.file);
  byRoot_[root] = found->all;
  bool isOthers = false;
  for (const auto file : affected) {
    publish(file);
    const auto answered = answered_.find(file);
    isOthers = isOthers || (file != root && answered != answered_.end() && answered->second != summary(merged(file)));
  }
  // Who asks for a document does not know that another one changed what is wrong with it.
  if (isOthers && workspace_.client.refreshesDiagnostics) client_.request("workspace/diagnostic/refresh", nullptr);
  return true;
}

std::string Diagnostics::summary(const std::vector<diag::Diagnostic>& diagnostics) {
  std::string text;
  for (const auto& one : diagnostics) text += diag::codeText(one) + std::to_string(one.primary.at.span.begin) + diag::message(one) + '\n';
  return text;
}

void Diagnostics::checkOthersAbout(FileId file) {
  std::vector<FileId> roots;
  for (const auto& [root, found] : byRoot_) {
    const bool isAbout = root != file && std::ranges::any_of(found, [&](const diag::Diagnostic& one) { return one.primary.at.file == file; });
    if (isAbout && workspace_.documentOf(root) != nullptr) roots.push_back(root);
  }
  for (const auto root : roots) check(root, nullptr);
}

std::vector<diag::Diagnostic> Diagnostics::merged(FileId file) const {
  std::vector<diag::Diagnostic> all;
  for (const auto& [root, found] : byRoot_) {
    for (const auto& one : found) {
      const bool isHere = one.primary.at.file == file;
      const bool known =
          isHere && std::any_of(all.begin(), all.end(), [&](const diag::Diagnostic& other) { return sameFinding(one, other); });
      if (isHere && !known) all.push_back(one);
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const diag::Diagnostic& a, const diag::Diagnostic& b) { return a.primary.at.span.begin < b.primary.at.span.begin; });
  return all;
}

void Diagnostics::publish(FileId file) {
  if (pulled_.contains(file)) return;
  Json items = Json::array();
  for (const auto& one : merged(file)) items.push_back(toJson(file, one));
  Json params = {{"uri", workspace_.uri(file)}, {"diagnostics", std::move(items)}};
  const auto* document = workspace_.documentOf(file);
  if (document != nullptr) params["version"] = document->version;
  auto text = serialized(params);
  auto& last = published_[file];
  // An open document is told its version too, a closed one only what is new.
  if (text == last || (last.empty() && document == nullptr && params["diagnostics"].empty())) return;
  last = std::move(text);
  client_.notify("textDocument/publishDiagnostics", std::move(params));
}

std::vector<diag::Diagnostic> Diagnostics::of(FileId file) {
  const bool isStale = std::find(stale_.begin(), stale_.end(), file) != stale_.end();
  // Another document that this one imports may have been edited.
  if (!byRoot_.contains(file) || isStale || !edited_.empty()) {
    if (workspace_.documentOf(file) == nullptr) {
      std::vector<diag::Diagnostic> own;
      for (const auto& one : findings(file, nullptr)->all) {
        if (one.primary.at.file == file) own.push_back(one);
      }
      return own;
    }
    std::erase(stale_, file);
    check(file, nullptr);
    checkOthersAbout(file);
  }
  auto all = merged(file);
  if (pulled_.contains(file)) answered_[file] = summary(all);
  return all;
}

FileId Diagnostics::rootOf(const diag::Diagnostic& found) const {
  const auto root = std::ranges::find_if(byRoot_, [&](const auto& one) { return std::ranges::any_of(one.second, [&](const diag::Diagnostic& other) { return sameFinding(found, other); }); });
  return root == byRoot_.end() ? base::none<FileId> : root->first;
}

void Diagnostics::pulled(FileId file) {
  if (!workspace_.client.pullsDiagnostics || workspace_.documentOf(file) == nullptr || !pulled_.insert(file).second) return;
  if (published_.erase(file) != 0)
    client_.notify("textDocument/publishDiagnostics", {{"uri", workspace_.uri(file)}, {"diagnostics", Json::array()}});
}

Json Diagnostics::toJson(FileId file, const diag::Diagnostic& diagnostic) {
  auto text = diag::message(diagnostic);
  if (!diagnostic.primary.text.empty()) text += "\n" + diagnostic.primary.text;
  for (const auto& note : diagnostic.notes) text += "\n" + note;
  Json json = {{"range", workspace_.range(file, diagnostic.primary.at.span)},
               {"severity", static_cast<int>(severityOf(diagnostic.severity))},
               {"code", diag::codeText(diagnostic)},
               {"source", "kdsl"},
               {"message", std::move(text)}};
  Json related = Json::array();
  for (const auto& label : diagnostic.related) {
    if (base::valid(label.at.file))
      related.push_back({{"location", workspace_.location(label.at)}, {"message", label.text.empty() ? "here" : label.text}});
  }
  if (!related.empty()) json["relatedInformation"] = std::move(related);
  if (diagnostic.code == diag::code::deprecated_use) json["tags"] = {static_cast<int>(DiagnosticTag::Deprecated)};
  if (diagnostic.code == diag::code::unused_import) json["tags"] = {static_cast<int>(DiagnosticTag::Unnecessary)};
  return json;
}

}  // namespace kdsl::lsp
