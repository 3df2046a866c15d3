// Sessions of the C interface. No exception leaves a function: memory that runs out is a null pointer.
#include <algorithm>
#include <atomic>
#include <map>
#include <new>
#include <string>

#include "api/result.hpp"
#include "diag/codes/projects.hpp"
#include "kdsl/kdsl.h"
#include "query/project.hpp"
#include "query/session.hpp"

using namespace kdsl;

/// A target may be of another Kubernetes than the rest of its project, so there is a compiler session for each minor that was asked for.
struct kdsl_session {
  query::Options options;
  eval::Limits limits;
  std::atomic<bool> stop = false;
  std::map<std::string, std::string> texts;  // that stand in for the disk's
  std::map<int, std::unique_ptr<query::Session>> sessions;

  query::Session& of(int minor) {
    auto& session = sessions[minor];
    if (session == nullptr) {
      auto own = options;
      own.kubernetesMinor = minor;
      session = std::make_unique<query::Session>(own);
      for (const auto& [path, text] : texts) session->openText(path, text);
    }
    return *session;
  }
};

struct kdsl_string {
  std::string text;
};

namespace {

/// Runs a question; nullptr where memory ran out.
template <typename Work>
auto guarded(Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

query::BuildOptions buildOptions(kdsl_session& session, const kdsl_param* params, size_t count) {
  query::BuildOptions options;
  for (size_t i = 0; i < count; ++i) options.parameters.push_back({params[i].name, params[i].text});
  options.limits = session.limits;
  options.limits.stop = &session.stop;
  return options;
}

/// A question about one file. `ask` gets the compiler's session, the file and its options.
template <typename Ask>
kdsl_result* askAbout(kdsl_session* session, const char* path, const kdsl_param* params, size_t count, Ask ask) {
  return guarded([&]() -> kdsl_result* {
    session->stop = false;
    auto& compiler = session->of(session->options.kubernetesMinor);
    query::BuildResult built;
    const auto known = session->texts.find(path);
    const auto file = known == session->texts.end() ? compiler.open(path, built.diagnostics) : compiler.openText(path, known->second);
    if (base::valid(file)) built = ask(compiler, file, buildOptions(*session, params, count));
    return api::resultOf(compiler.files(), std::move(built)).release();
  });
}

bool hasError(const std::vector<diag::Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(), [](const auto& each) { return each.severity == diag::Severity::Error; });
}

diag::Diagnostic unknownTarget(const query::Project& project, const char* name) {
  diag::Sink sink;
  auto& diagnostic = sink.report(diag::code::unknown_target, {project.file, {0, 0}}, {name});
  if (const auto near = project.nearTarget(name); !near.empty()) diagnostic.label("did you mean `" + std::string(near) + "`?");
  return sink.take().front();
}

}  // namespace

extern "C" {

const char* kdsl_version(void) { return KDSL_VERSION; }

kdsl_session* kdsl_session_create(const char* root, int kubernetes_minor) {
  const auto known = query::Session::kubernetesMinors();
  if (kubernetes_minor != 0 && std::find(known.begin(), known.end(), kubernetes_minor) == known.end()) return nullptr;
  return guarded([&] {
    auto session = std::make_unique<kdsl_session>();
    session->options.root = root == nullptr ? "" : root;
    session->options.kubernetesMinor = kubernetes_minor;
    return session.release();
  });
}

void kdsl_session_destroy(kdsl_session* session) { delete session; }

void kdsl_session_set_text(kdsl_session* session, const char* path, kdsl_text text) {
  guarded([&] {
    const auto& kept = session->texts[path] = std::string(text.data, text.size);
    for (const auto& [minor, compiler] : session->sessions) compiler->openText(path, kept);
    return session;
  });
}

void kdsl_session_reload(kdsl_session* session, const char* path) {
  guarded([&] {
    session->texts.erase(path);
    for (const auto& [minor, compiler] : session->sessions) {
      const auto file = compiler->find(path);
      if (base::valid(file)) compiler->closeText(file);
      else compiler->fileAppeared();
    }
    return session;
  });
}

void kdsl_session_set_limits(kdsl_session* session, uint64_t steps, size_t memory_bytes) {
  const eval::Limits own;
  session->limits.steps = steps == 0 ? own.steps : steps;
  session->limits.memoryBytes = memory_bytes == 0 ? own.memoryBytes : memory_bytes;
}

void kdsl_session_stop(kdsl_session* session) { session->stop = true; }

kdsl_result* kdsl_check(kdsl_session* session, const char* path, const kdsl_param* params, size_t param_count) {
  return askAbout(session, path, params, param_count, [](query::Session& compiler, source::FileId file, const query::BuildOptions& options) {
    query::BuildResult checked;
    checked.diagnostics = compiler.check(file, options);
    checked.stopped = options.limits.stop->load();
    checked.ok = !checked.stopped && !hasError(checked.diagnostics);
    return checked;
  });
}

kdsl_result* kdsl_build(kdsl_session* session, const char* path, const kdsl_param* params, size_t param_count) {
  return askAbout(session, path, params, param_count,
                  [](query::Session& compiler, source::FileId file, const query::BuildOptions& options) { return compiler.build(file, options); });
}

kdsl_result* kdsl_build_target(kdsl_session* session, const char* folder, const char* target) {
  return guarded([&]() -> kdsl_result* {
    session->stop = false;
    query::BuildResult built;
    const auto asked = session->options.kubernetesMinor;
    auto* compiler = &session->of(asked);
    auto options = buildOptions(*session, nullptr, 0);
    options.project = compiler->project(folder, built.diagnostics);
    if (options.project != nullptr && asked == 0) {
      const auto* named = options.project->target(target);
      const auto minor = named != nullptr && named->kubernetesMinor != 0 ? named->kubernetesMinor : options.project->kubernetesMinor;
      if (minor != 0) {
        compiler = &session->of(minor);
        options.project = compiler->project(folder, built.diagnostics);
      }
    }
    if (options.project == nullptr) return api::resultOf(compiler->files(), std::move(built)).release();
    options.target = options.project->target(target);
    if (options.target == nullptr) {
      built.diagnostics.push_back(unknownTarget(*options.project, target));
      return api::resultOf(compiler->files(), std::move(built)).release();
    }
    const auto file = compiler->openTarget(*options.project, *options.target, built.diagnostics);
    if (base::valid(file)) built = compiler->build(file, options);
    return api::resultOf(compiler->files(), std::move(built)).release();
  });
}

kdsl_string* kdsl_format(kdsl_text source) {
  return guarded([&]() -> kdsl_string* {
    query::Session session;
    auto made = session.format(session.openText("<text>", std::string(source.data, source.size)));
    return made ? new kdsl_string{std::move(*made)} : nullptr;
  });
}

kdsl_text kdsl_string_text(const kdsl_string* string) { return string == nullptr ? kdsl_text{} : kdsl_text{string->text.data(), string->text.size()}; }
void kdsl_string_destroy(kdsl_string* string) { delete string; }

}  // extern "C"
