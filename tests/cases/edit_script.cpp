#include "edit_script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "case.hpp"
#include "query/ide/assistant.hpp"
#include "query/project_files.hpp"
#include "query/session.hpp"

namespace kdsl::cases {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view caret = "▮";

bool isProject(std::string_view path) { return fs::path(path).filename() == query::projectFileName; }

/// Does what a language server does when the client tells it of the steps.
class Run {
 public:
  explicit Run(fs::path folder) : folder_(std::move(folder)) {}

  std::string run(const std::vector<ScriptStep>& steps) {
    for (const auto& step : steps) {
      step_ = &step;
      if (step.verb != "checks" && step.verb != "finds") isLookedAt_ = false;
      if (step.verb == "file") {
        onDisk(step.path, step.before);
      } else if (step.verb == "open") {
        documents_[step.path] = session_.openText(pathOf(step.path), textOf(step.path));
      } else if (step.verb == "write") {
        write(step.path, step.before);
      } else if (step.verb == "delete") {
        fs::remove(folder_ / step.path);
        session_.fileChanged(pathOf(step.path));
      } else if (step.verb == "edit") {
        edit();
      } else if (step.verb == "rename") {
        rename();
      } else if (step.verb == "checks") {
        compareChecks();
      } else if (step.verb == "finds") {
        compareFindings();
      } else {
        wrong("no such verb");
      }
    }
    return out_;
  }

 private:
  void wrong(const std::string& seen) { out_ += fmt::format("line {}: {} {}: {}\n", step_->line, step_->verb, step_->path, seen); }
  std::string pathOf(const std::string& path) const { return (folder_ / path).string(); }

  std::string textOf(const std::string& path) const {
    if (const auto open = documents_.find(path); open != documents_.end()) return session_.files()[open->second].text;
    std::ifstream in(folder_ / path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  void onDisk(const std::string& path, const std::string& text) const {
    fs::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path, std::ios::binary) << text;
  }

  /// The editor's text, or else the disk's.
  void write(const std::string& path, const std::string& text) {
    if (const auto open = documents_.find(path); open != documents_.end()) return session_.setText(open->second, text);
    onDisk(path, text);
    if (base::valid(session_.find(pathOf(path)))) {
      session_.fileChanged(pathOf(path));
    } else {
      session_.fileAppeared();
    }
  }

  void edit() {
    auto text = textOf(step_->path);
    const auto at = text.find(step_->before);
    if (at == std::string::npos || text.find(step_->before, at + 1) != std::string::npos) return wrong("the text is not there once");
    write(step_->path, text.replace(at, step_->before.size(), step_->after));
  }

  void rename() {
    auto marked = step_->before;
    const auto within = marked.find(caret);
    if (within == std::string::npos) return wrong("no mark");
    marked.erase(within, caret.size());
    const auto line = textOf(step_->path).find(marked);
    if (line == std::string::npos) return wrong("the text is not there");
    std::vector<diag::Diagnostic> ignored;
    const auto file = session_.open(pathOf(step_->path), ignored);
    query::Assistant assistant(session_);
    const auto result = assistant.rename(file, static_cast<std::uint32_t>(line + within), step_->words);
    if (!result.refusal.empty()) return wrong(result.refusal);
    std::map<source::FileId, std::vector<query::RenameEdit>> edits;
    for (const auto& one : result.edits) edits[one.at.file].push_back(one);
    for (auto& [of, list] : edits) {
      std::ranges::sort(list, std::greater<>(), [](const query::RenameEdit& one) { return one.at.span.begin; });
      auto text = session_.files()[of].text;
      for (const auto& one : list) text.replace(one.at.span.begin, one.at.span.size(), one.text);
      write(fs::path(session_.files()[of].path).lexically_relative(folder_).string(), text);
    }
  }

  /// All open documents are looked at; which files have been checked since the last time.
  void compareChecks() {
    lookAtAll();
    std::set<std::string> seen;
    for (std::uint32_t i = 0; i < session_.files().size(); ++i) {
      const source::FileId file{i};
      const auto& known = session_.files()[file];
      const auto count = session_.checksOf(file);
      if (known.builtIn || count == checks_[file]) continue;
      checks_[file] = count;
      seen.insert(fs::path(known.path).lexically_relative(folder_).string());
    }
    const auto list = seen.empty() ? std::string("nothing") : fmt::format("{}", fmt::join(seen, " "));
    if (list != step_->path) wrong(list);
  }

  /// `FILE:LINE CODE words`, one of those that are found; `nothing` if there are none. Each `finds` behind the same step takes one away.
  void compareFindings() {
    lookAtAll();
    if (step_->path == "nothing") {
      for (const auto& one : findings_) wrong(textOf(one));
      return;
    }
    const auto met = std::ranges::find_if(findings_, [this](const diag::Diagnostic& one) { return placeOf(one) == step_->path && isAnnounced(one); });
    if (met != findings_.end()) {
      findings_.erase(met);
      return;
    }
    std::string all;
    for (const auto& one : findings_) all += textOf(one) + "; ";
    wrong(all.empty() ? "nothing" : all);
  }

  bool isAnnounced(const diag::Diagnostic& one) const {
    const auto code = diag::codeText(one);
    return step_->words.starts_with(code) && mentions(one, std::string(trim(std::string_view(step_->words).substr(code.size()))));
  }

  std::string placeOf(const diag::Diagnostic& one) const {
    const auto& source = session_.files()[one.primary.at.file];
    const auto place = source.lines().lineColumn(source.text, one.primary.at.span.begin, source::ColumnUnit::Utf8);
    return fmt::format("{}:{}", fs::path(source.path).lexically_relative(folder_).string(), place.line + 1);
  }
  std::string textOf(const diag::Diagnostic& one) const { return placeOf(one) + " " + diag::codeText(one) + " " + diag::message(one); }

  /// What each open document finds in itself; once after each step.
  void lookAtAll() {
    if (isLookedAt_) return;
    isLookedAt_ = true;
    findings_.clear();
    for (const auto& [path, file] : documents_) {
      for (auto& one : isProject(path) ? session_.projectErrors(file) : session_.check(file)) {
        if (one.primary.at.file == file) findings_.push_back(std::move(one));
      }
    }
  }

  static query::Options options() {
    query::Options options;
    options.followsProjects = true;
    return options;
  }

  fs::path folder_;
  query::Session session_{options()};
  std::map<std::string, source::FileId> documents_;
  std::map<source::FileId, std::uint64_t> checks_;
  std::vector<diag::Diagnostic> findings_;
  const ScriptStep* step_ = nullptr;
  bool isLookedAt_ = false;
  std::string out_;
};

}  // namespace

std::vector<ScriptStep> scriptOf(std::string_view text) {
  std::vector<ScriptStep> steps;
  std::uint32_t number = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.starts_with("#")) continue;
    auto* last = steps.empty() ? nullptr : &steps.back();
    const bool hasText = last != nullptr && (last->verb == "file" || last->verb == "write");
    const bool hasLines = last != nullptr && (last->verb == "edit" || last->verb == "rename");
    if (line.empty()) {
      continue;
    } else if (hasText && line.starts_with("  ")) {
      last->before += std::string(line.substr(2)) + "\n";
    } else if (hasLines && (line.starts_with("- ") || line.starts_with("+ "))) {
      auto& to = line.front() == '-' ? last->before : last->after;
      to += (to.empty() ? "" : "\n") + std::string(line.substr(2));
    } else {
      auto& step = steps.emplace_back();
      step.line = number;
      const auto blank = std::min(line.find(' '), line.size());
      step.verb = std::string(line.substr(0, blank));
      const auto rest = trim(line.substr(blank));
      // Only a list of files is more than one word.
      const auto next = step.verb == "checks" ? rest.size() : std::min(rest.find(' '), rest.size());
      step.path = std::string(rest.substr(0, next));
      step.words = std::string(trim(rest.substr(next)));
    }
  }
  return steps;
}

std::string runScript(const std::vector<ScriptStep>& steps, const std::string& folder) { return Run(folder).run(steps); }

}  // namespace kdsl::cases
