#include "driver/inputs.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "diag/codes/files.hpp"
#include "driver/parallel.hpp"

namespace kdsl::driver {
namespace {

constexpr std::string_view standardInputName = "<stdin>";

source::LoadResult readStandardInput() {
  std::string text;
  std::size_t used = 0;
  text.resize(std::size_t{64} * 1024);
  while (used <= source::maxFileBytes) {
    if (used == text.size()) text.resize(text.size() * 2);
    const auto got = ::read(STDIN_FILENO, text.data() + used, text.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return {source::LoadError::NotReadable, {}, static_cast<std::uint64_t>(errno)};
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
  }
  text.resize(used);
  return source::checkText(std::move(text));
}

diag::Diagnostic cannotRead(const source::LoadResult& result) {
  const std::string name(standardInputName);
  diag::Sink sink;
  switch (result.error) {
    case source::LoadError::TooLarge:
      sink.report(diag::code::file_too_large, {}, {name, std::to_string(result.detail), std::to_string(source::maxFileBytes)});
      break;
    case source::LoadError::NotUtf8: sink.report(diag::code::file_not_utf8, {}, {name, std::to_string(result.detail)}); break;
    default: sink.report(diag::code::file_not_readable, {}, {name, std::strerror(static_cast<int>(result.detail))}); break;
  }
  return sink.take().front();
}

}  // namespace

source::FileId openInput(query::Session& session, const std::string& input, std::vector<diag::Diagnostic>& diagnostics) {
  if (input != "-") return session.open(input, diagnostics);
  auto read = readStandardInput();
  if (read.error == source::LoadError::None) return session.openText(standardInputName, std::move(read.text));
  diagnostics.push_back(cannotRead(read));
  return base::none<source::FileId>;
}

Workers::Workers(const InputOptions& options, std::vector<std::string> inputs, query::Options::Library library) : inputs_(std::move(inputs)) {
  const auto count = workersFor(inputs_.size(), options.jobs);
  query::Options sessionOptions;
  sessionOptions.kubernetesMinor = options.kubernetesMinor;
  sessionOptions.library = library;
  for (std::size_t i = 0; i < count; ++i) sessions_.push_back(std::make_unique<query::Session>(sessionOptions));
  if (std::find(inputs_.begin(), inputs_.end(), "-") != inputs_.end()) standardInput_ = readStandardInput();
}

source::FileId Workers::open(query::Session& session, const std::string& input, std::vector<diag::Diagnostic>& diagnostics) const {
  if (input != "-") return session.open(input, diagnostics);
  if (standardInput_.error == source::LoadError::None) return session.openText(standardInputName, standardInput_.text);
  diagnostics.push_back(cannotRead(standardInput_));
  return base::none<source::FileId>;
}

diag::Report Workers::run(const ReportOptions& reportOptions, const Work& work) {
  struct Outcome {
    const source::FileTable* files;
    std::vector<diag::Diagnostic> diagnostics;
  };
  std::vector<Outcome> outcomes(inputs_.size());
  runInParallel(inputs_.size(), sessions_.size(), [&](std::size_t input, std::size_t worker) {
    auto& session = *sessions_[worker];
    auto& outcome = outcomes[input];
    outcome.files = &session.files();
    const auto file = open(session, inputs_[input], outcome.diagnostics);
    if (!base::valid(file)) return;
    auto found = work(input, session, file);
    std::move(found.begin(), found.end(), std::back_inserter(outcome.diagnostics));
  });
  diag::Report report;
  for (auto& outcome : outcomes) report.add(*outcome.files, wanted(std::move(outcome.diagnostics), reportOptions));
  return report;
}

}  // namespace kdsl::driver
