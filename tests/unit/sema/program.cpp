#include "program.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "diag/codes/files.hpp"
#include "hir/lower.hpp"
#include "syntax/parse.hpp"

namespace kdsl::sema::test {

namespace {

std::string readFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string show(const std::string& text, const diag::Diagnostic& diagnostic) {
  const source::LineTable lines(text);
  const auto at = lines.lineColumn(text, diagnostic.primary.at.span.begin, source::ColumnUnit::CodePoint);
  return fmt::format("{}:{} {} {}", at.line + 1, at.column + 1, diag::codeText(diagnostic), diag::message(diagnostic));
}

}  // namespace

Files::Files(bool withPrelude) : workspace_(*this, kubernetes::SchemaPack::newest()) {
  if (withPrelude) prelude_ = add("prelude.kdsl", readFile(KDSL_SOURCE_DIR "/stdlib/prelude.kdsl"));
}

source::FileId Files::add(const std::string& name, std::string text) {
  const source::FileId id{static_cast<std::uint32_t>(names_.size())};
  names_.push_back(name);
  ids_[name] = id;
  lowered_.emplace_back();
  syntax_.emplace_back();
  edit(name, std::move(text));
  return id;
}

void Files::edit(const std::string& name, std::string text) {
  texts_[name] = std::move(text);
  const auto file = ids_.at(name);
  const auto parsed = syntax::parse(file, texts_[name]);
  lowered_[base::index(file)] = hir::lower(file, texts_[name], parsed);
  syntax_[base::index(file)] = parsed.diagnostics;
}

hir::ModulePtr Files::hir(FileId file) { return lowered_.at(base::index(file)); }

ImportTarget Files::resolveImport(FileId, const hir::FilePath& path, std::vector<diag::Diagnostic>& out) {
  ImportTarget target;
  auto text = std::string(base::text(path.path));
  if (text.starts_with("k8s/")) {
    target.isKubernetes = true;
    const auto slash = text.rfind('/');
    target.group = text.substr(4, slash - 4);
    target.version = text.substr(slash + 1);
    return target;
  }
  while (text.starts_with("./") || text.starts_with("../")) text = text.substr(text.find('/') + 1);
  target.isData = text.ends_with(".yaml") || text.ends_with(".json");
  if (!target.isData) text += ".kdsl";
  if (const auto found = ids_.find(text); found != ids_.end()) {
    target.file = found->second;
  } else {
    diag::Diagnostic missing;
    missing.code = diag::code::import_not_found;
    missing.arguments = {std::string(base::text(path.path))};
    missing.primary.at = {base::none<FileId>, path.span};
    out.push_back(std::move(missing));
  }
  return target;
}

std::vector<ManifestDocument> Files::manifests(FileId) { return {{"apps/v1", "Deployment", "Deployment/web"}, {"v1", "Service", "Service/web"}}; }

std::vector<std::string> Files::diagnostics(const std::string& name) {
  const auto& checked = workspace_.module(id(name));
  std::vector<std::string> shown;
  for (const auto& diagnostic : syntax_[base::index(id(name))]) shown.push_back(show(texts_[name], diagnostic));
  for (const auto& diagnostic : checked.hir->diagnostics) shown.push_back(show(texts_[name], diagnostic));
  for (const auto& diagnostic : checked.diagnostics) shown.push_back(show(texts_[name], diagnostic));
  return shown;
}

const std::vector<diag::Diagnostic>& Files::raw(const std::string& name) { return workspace_.module(id(name)).diagnostics; }

std::string Files::memberType(const std::string& name, std::string_view member) {
  const auto& checked = workspace_.module(id(name));
  const auto& module = workspace_.nominal(checked.nominals[0]);
  const auto* found = module.find(base::intern(member));
  return found == nullptr ? "no such member" : workspace_.types().print(found->type);
}

std::vector<std::string> check(std::string text) {
  Files files;
  files.add("main.kdsl", std::move(text));
  return files.diagnostics("main.kdsl");
}

std::string typeOf(std::string text, std::string_view member) {
  Files files;
  files.add("main.kdsl", std::move(text));
  EXPECT_EQ(files.diagnostics("main.kdsl"), std::vector<std::string>{});
  return files.memberType("main.kdsl", member);
}

}  // namespace kdsl::sema::test
