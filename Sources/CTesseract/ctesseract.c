#include "CTesseract.h"

#include <dlfcn.h>
#include <pthread.h>

static CTesseract table;
static char failure[256];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  // The name of the ABI that the headers describe, not the newest one.
  void *library = dlopen("libtesseract.so.5", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    snprintf(failure, sizeof failure, "%s", dlerror());
    return;
  }
#define FIND(name) \
  if (!(table.name = (__typeof__(table.name))dlsym(library, #name))) { \
    snprintf(failure, sizeof failure, "it has no function " #name); \
    return; \
  }
  CTESSERACT_DOORS(FIND)
}

const CTesseract *ctesseract_load(char *why, size_t capacity) {
  pthread_once(&once, load);
  if (!failure[0]) return &table;
  snprintf(why, capacity, "%s", failure);
  return NULL;
}
