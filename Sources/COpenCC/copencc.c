#include "COpenCC.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static COpenCC table;
static char failure[256];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *library = dlopen("libopencc.so.1.1", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    snprintf(failure, sizeof failure, "%s", dlerror());
    return;
  }
#define FIND(name) \
  if (!(table.name = (__typeof__(table.name))dlsym(library, #name))) { \
    snprintf(failure, sizeof failure, "it has no function " #name); \
    return; \
  }
  FIND(opencc_open)
  FIND(opencc_close)
  FIND(opencc_convert_utf8_to_buffer)
}

const COpenCC *copencc_load(char *why, size_t capacity) {
  pthread_once(&once, load);
  if (!failure[0]) return &table;
  snprintf(why, capacity, "%s", failure);
  return NULL;
}
