/* The compiler as a library, for C and for every language that calls C. C++ programs include kdsl.hpp instead, which wraps this.
 *
 * Ownership: what a *_create, kdsl_check, kdsl_build… or kdsl_format returns belongs to the caller, who gives it to its *_destroy. Every other pointer
 * points into the object that it was asked of, and lives as long as that. Texts are UTF-8; those that a kdsl_text holds need not end with a zero byte.
 * Errors: what is wrong with a program is a diagnostic in a result. A null pointer is returned only where memory ran out, or where a function says so;
 * a null result is one that is not ok and has nothing in it.
 * Threads: a session and its results are used by one thread at a time; different sessions by any number of threads. kdsl_session_stop alone may be
 * called from any thread. */
#ifndef KDSL_KDSL_H
#define KDSL_KDSL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* NOLINTBEGIN(modernize-use-using): C has no `using`. */

/* Bytes of a text. */
typedef struct kdsl_text {
  const char* data;
  size_t size;
} kdsl_text;

/* "0.1.0" */
const char* kdsl_version(void);

/* ---- sessions: files, and what was worked out about them ---- */

typedef struct kdsl_session kdsl_session;

/* `root`: nothing outside this folder is read; null: the folder of the project that a file is in, else the file's own.
 * `kubernetes_minor`: 36 for Kubernetes 1.36; 0: the newest that the library knows. Null if that minor is not known. */
kdsl_session* kdsl_session_create(const char* root, int kubernetes_minor);
void kdsl_session_destroy(kdsl_session* session);

/* The text of a file, which need not exist on disk: the next check or build of any file that imports it uses this text. */
void kdsl_session_set_text(kdsl_session* session, const char* path, kdsl_text text);
/* The file changed on disk, or its text is to come from the disk again. */
void kdsl_session_reload(kdsl_session* session, const char* path);

/* What a check or build may take, before it ends with a diagnostic; 0: the library's own limit. Holds for what is asked later. */
void kdsl_session_set_limits(kdsl_session* session, uint64_t steps, size_t memory_bytes);
/* Ends the check or build that runs in another thread: its result is not ok, and kdsl_result_stopped. Has no effect on later ones. */
void kdsl_session_stop(kdsl_session* session);

/* ---- questions ---- */

/* Needs its session no more. */
typedef struct kdsl_result kdsl_result;

/* `name=text` of a param, as `-p` of the command. */
typedef struct kdsl_param {
  const char* name;
  const char* text;
} kdsl_param;

/* All that is wrong with a file as the root of a build. */
kdsl_result* kdsl_check(kdsl_session* session, const char* path, const kdsl_param* params, size_t param_count);
/* The objects of a file, in the order to apply them. */
kdsl_result* kdsl_build(kdsl_session* session, const char* path, const kdsl_param* params, size_t param_count);
/* The objects of a target of the project in `folder`, with its namespace, params and policies. */
kdsl_result* kdsl_build_target(kdsl_session* session, const char* folder, const char* target);

void kdsl_result_destroy(kdsl_result* result);

/* 1: without errors. */
int kdsl_result_ok(const kdsl_result* result);
/* 1: ended by kdsl_session_stop; the result says nothing. */
int kdsl_result_stopped(const kdsl_result* result);

typedef struct kdsl_object {
  kdsl_text api_version;
  kdsl_text kind;
  kdsl_text name;
  kdsl_text namespace_name; /* empty: none */
  kdsl_text yaml;           /* without `---`; ends with a newline */
} kdsl_object;

/* With errors: those objects that have none. */
size_t kdsl_result_object_count(const kdsl_result* result);
/* `index` below the count, else an object of empty texts. */
kdsl_object kdsl_result_object(const kdsl_result* result, size_t index);

typedef enum kdsl_severity { KDSL_ERROR = 0, KDSL_WARNING = 1, KDSL_INFO = 2 } kdsl_severity;

typedef struct kdsl_diagnostic {
  kdsl_severity severity;
  kdsl_text code;    /* `KD4107`, or the name of a check of the program's */
  kdsl_text message; /* one line */
  kdsl_text label;   /* what stands under the caret; may be empty */
  kdsl_text path;    /* empty: without a place */
  uint32_t line;     /* from 1; 0: without a place. Columns count code points, and the end is behind the last. */
  uint32_t column;
  uint32_t end_line;
  uint32_t end_column;
} kdsl_diagnostic;

size_t kdsl_result_diagnostic_count(const kdsl_result* result);
/* `index` below the count, else a diagnostic of empty texts. */
kdsl_diagnostic kdsl_result_diagnostic(const kdsl_result* result, size_t index);
/* All diagnostics as the command prints them, with excerpts of the source, without colours. */
kdsl_text kdsl_result_report(const kdsl_result* result);
/* All diagnostics with their fixes and other places as JSON: docs/guide/command-line.md has the schema. */
kdsl_text kdsl_result_report_json(const kdsl_result* result);

/* ---- texts ---- */

typedef struct kdsl_string kdsl_string;

/* The text in the standard format; null if it has syntax errors. */
kdsl_string* kdsl_format(kdsl_text source);
kdsl_text kdsl_string_text(const kdsl_string* string);
void kdsl_string_destroy(kdsl_string* string);

/* NOLINTEND(modernize-use-using) */

#ifdef __cplusplus
}
#endif

#endif
