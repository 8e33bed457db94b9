// libphonenumber, loaded when the first text is read.
#pragma once
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif
/// Loads the library once for the process; from any thread.
/// Returns 1, or 0: then `why` (NUL-terminated, cut to `capacity`) is the loader's reason.
int cphone_load(char *why, size_t capacity);
/// Parses a number (default region CN). Returns 1 when valid and writes E.164, NUL-terminated, into `out`; else 0, also
/// when the library could not be loaded.
int cphone_e164(const char *text, size_t length, char *out, size_t capacity);
#ifdef __cplusplus
}
#endif
