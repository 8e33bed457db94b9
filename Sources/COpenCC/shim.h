#pragma once
// opencc.h is C++; these are the C functions that it declares and that we call.
#include <stddef.h>
typedef void *opencc_t;
opencc_t opencc_open(const char *configFileName);
int opencc_close(opencc_t opencc);
size_t opencc_convert_utf8_to_buffer(opencc_t opencc, const char *input, size_t length, char *output);
