#pragma once
// The compiler as a library, for C++17 and later. Everything is inline, over the C functions of kdsl.h: a program may be built by another compiler than the library.
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kdsl/kdsl.h"

namespace kdsl {

inline std::string_view version() { return kdsl_version(); }

/// The texts of what a Result gives belong to it.
struct Object {
  std::string_view apiVersion;
  std::string_view kind;
  std::string_view name;
  std::string_view namespaceName;  ///< empty: none
  std::string_view yaml;           ///< without `---`; ends with a newline
};

enum class Severity { Error = KDSL_ERROR, Warning = KDSL_WARNING, Info = KDSL_INFO };

struct Position {
  std::uint32_t line = 0;    ///< from 1
  std::uint32_t column = 0;  ///< from 1, in code points
};

struct Diagnostic {
  Severity severity = Severity::Error;
  std::string_view code;     ///< `KD4107`, or the name of a check of the program's
  std::string_view message;  ///< one line
  std::string_view label;    ///< what stands under the caret; may be empty
  std::string_view path;     ///< empty: without a place
  Position begin;
  Position end;  ///< behind the last character
};

namespace detail {
inline std::string_view view(kdsl_text text) { return {text.data, text.size}; }
template <auto Destroy>
struct Destroyer {
  template <typename T>
  void operator()(T* object) const { Destroy(object); }
};
}  // namespace detail

/// What a check or build found and made; needs its session no more.
class Result {
 public:
  explicit Result(kdsl_result* owned) : result_(owned) {}

  bool ok() const { return kdsl_result_ok(result_.get()) != 0; }
  explicit operator bool() const { return ok(); }
  /// Ended by Session::stop: the rest says nothing.
  bool stopped() const { return kdsl_result_stopped(result_.get()) != 0; }

  /// In the order to apply them; with errors those that have none.
  std::vector<Object> objects() const {
    std::vector<Object> all(kdsl_result_object_count(result_.get()));
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto object = kdsl_result_object(result_.get(), i);
      all[i] = {detail::view(object.api_version), detail::view(object.kind), detail::view(object.name), detail::view(object.namespace_name), detail::view(object.yaml)};
    }
    return all;
  }
  std::vector<Diagnostic> diagnostics() const {
    std::vector<Diagnostic> all(kdsl_result_diagnostic_count(result_.get()));
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto found = kdsl_result_diagnostic(result_.get(), i);
      all[i] = {static_cast<Severity>(found.severity), detail::view(found.code), detail::view(found.message), detail::view(found.label), detail::view(found.path),
                {found.line, found.column}, {found.end_line, found.end_column}};
    }
    return all;
  }
  /// All objects as one stream of documents.
  std::string yaml() const {
    std::string out;
    for (const auto& object : objects()) {
      if (!out.empty()) out += "---\n";
      out += object.yaml;
    }
    return out;
  }
  /// The diagnostics as the command prints them, with excerpts of the source.
  std::string_view report() const { return detail::view(kdsl_result_report(result_.get())); }
  /// The same with fixes and other places, for programs.
  std::string_view reportJson() const { return detail::view(kdsl_result_report_json(result_.get())); }

 private:
  std::unique_ptr<kdsl_result, detail::Destroyer<kdsl_result_destroy>> result_;
};

struct Param {
  std::string name;
  std::string text;
};

/// Files and what was worked out about them: after an edit only what depends on it is done again. Used by one thread at a time, but for stop().
/// Nothing throws but std::bad_alloc of the standard library's own classes.
class Session {
 public:
  /// `root`: nothing outside this folder is read; empty: the folder of the project that a file is in, else the file's own.
  /// `kubernetesMinor`: 36 for Kubernetes 1.36; 0: the newest. `create` gives nothing if the library does not know it.
  static std::optional<Session> create(const std::string& root = {}, int kubernetesMinor = 0) {
    auto* session = kdsl_session_create(root.empty() ? nullptr : root.c_str(), kubernetesMinor);
    return session == nullptr ? std::nullopt : std::optional(Session(session));
  }

  /// The text of a file, which need not exist on disk.
  void setText(const std::string& path, std::string_view text) { kdsl_session_set_text(session_.get(), path.c_str(), {text.data(), text.size()}); }
  /// The file changed on disk, or its text is to come from the disk again.
  void reload(const std::string& path) { kdsl_session_reload(session_.get(), path.c_str()); }
  /// What a check or build may take; 0: the library's own limit.
  void setLimits(std::uint64_t steps, std::size_t memoryBytes) { kdsl_session_set_limits(session_.get(), steps, memoryBytes); }
  /// From any thread: ends the check or build that runs.
  void stop() { kdsl_session_stop(session_.get()); }

  Result check(const std::string& path, const std::vector<Param>& params = {}) {
    const auto given = pointers(params);
    return Result(kdsl_check(session_.get(), path.c_str(), given.data(), given.size()));
  }
  Result build(const std::string& path, const std::vector<Param>& params = {}) {
    const auto given = pointers(params);
    return Result(kdsl_build(session_.get(), path.c_str(), given.data(), given.size()));
  }
  Result buildTarget(const std::string& folder, const std::string& target) { return Result(kdsl_build_target(session_.get(), folder.c_str(), target.c_str())); }

 private:
  explicit Session(kdsl_session* owned) : session_(owned) {}
  static std::vector<kdsl_param> pointers(const std::vector<Param>& params) {
    std::vector<kdsl_param> all;
    for (const auto& param : params) all.push_back({param.name.c_str(), param.text.c_str()});
    return all;
  }

  std::unique_ptr<kdsl_session, detail::Destroyer<kdsl_session_destroy>> session_;
};

/// The text in the standard format; nothing if it has syntax errors.
inline std::optional<std::string> format(std::string_view source) {
  const std::unique_ptr<kdsl_string, detail::Destroyer<kdsl_string_destroy>> made(kdsl_format({source.data(), source.size()}));
  if (made == nullptr) return std::nullopt;
  return std::string(detail::view(kdsl_string_text(made.get())));
}

}  // namespace kdsl
