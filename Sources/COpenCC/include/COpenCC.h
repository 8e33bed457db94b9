// OpenCC, loaded when the first text is read. opencc.h is C++; these are the C functions of it that the program calls.
#ifndef COPENCC_H
#define COPENCC_H

#include <stddef.h>

typedef void *opencc_t;

typedef struct COpenCC {
  opencc_t (*opencc_open)(const char *configFileName);
  int (*opencc_close)(opencc_t opencc);
  size_t (*opencc_convert_utf8_to_buffer)(opencc_t opencc, const char *input, size_t length, char *output);
} COpenCC;

/// Loads the library once for the process; from any thread.
/// Returns the table of its functions, or NULL: then `why` (NUL-terminated, cut to `capacity`) is the loader's reason.
const COpenCC *copencc_load(char *why, size_t capacity);

#endif
