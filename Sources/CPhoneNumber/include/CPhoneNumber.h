#pragma once
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif
/// Parses a number (default region CN). Returns 1 when valid and writes E.164, NUL-terminated, into `out`; else 0.
int cphone_e164(const char *text, size_t length, char *out, size_t capacity);
#ifdef __cplusplus
}
#endif
