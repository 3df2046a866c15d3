/* Checks a program that exists in memory alone, twice: the second time after an edit. */
#include <kdsl/kdsl.h>
#include <stdio.h>
#include <string.h>

static kdsl_text text(const char* zero_terminated) {
  kdsl_text made = {zero_terminated, strlen(zero_terminated)};
  return made;
}

static size_t check(kdsl_session* session, const char* path) {
  kdsl_result* result = kdsl_check(session, path, NULL, 0);
  const size_t count = kdsl_result_diagnostic_count(result);
  for (size_t i = 0; i < count; ++i) {
    const kdsl_diagnostic found = kdsl_result_diagnostic(result, i);
    printf("%u:%u: %.*s: %.*s\n", found.line, found.column, (int)found.code.size, found.code.data, (int)found.message.size, found.message.data);
  }
  kdsl_result_destroy(result);
  return count;
}

int main(void) {
  kdsl_session* session = kdsl_session_create(NULL, 36);
  if (session == NULL) return 1;
  kdsl_session_set_text(session, "/memory/settings.kdsl", text("resource settings = ConfigMap {\n  metadata.name: \"settings\"\n  dta: { mode: \"fast\" }\n}\n"));
  const size_t before = check(session, "/memory/settings.kdsl");
  kdsl_session_set_text(session, "/memory/settings.kdsl", text("resource settings = ConfigMap {\n  metadata.name: \"settings\"\n  data: { mode: \"fast\" }\n}\n"));
  const size_t after = check(session, "/memory/settings.kdsl");
  printf("%zu before the edit, %zu after it\n", before, after);
  kdsl_session_destroy(session);
  return before == 1 && after == 0 ? 0 : 1;
}
