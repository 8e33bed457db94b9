#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

#define DOORS(DOOR) \
  DOOR(curl_global_init) \
  DOOR(curl_easy_init) \
  DOOR(curl_easy_cleanup) \
  DOOR(curl_easy_reset) \
  DOOR(curl_easy_perform) \
  DOOR(curl_easy_strerror) \
  DOOR(curl_slist_append) \
  DOOR(curl_slist_free_all) \
  DOOR(curl_multi_init) \
  DOOR(curl_multi_cleanup) \
  DOOR(curl_multi_add_handle) \
  DOOR(curl_multi_remove_handle) \
  DOOR(curl_multi_socket_action) \
  DOOR(curl_multi_info_read) \
  DOOR(curl_multi_strerror) \
  DOOR(curl_url) \
  DOOR(curl_url_cleanup) \
  DOOR(curl_url_set) \
  DOOR(curl_url_get) \
  DOOR(curl_url_strerror) \
  DOOR(curl_free) \
  DOOR(curl_easy_setopt) \
  DOOR(curl_easy_getinfo) \
  DOOR(curl_multi_setopt)

#define FIELD(name) __typeof__(name) *name;
static struct {
  DOORS(FIELD)
} curl;
static char failure[256];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    snprintf(failure, sizeof failure, "%s", dlerror());
    return;
  }
#define FIND(name) \
  if (!(curl.name = (__typeof__(curl.name))dlsym(library, #name))) { \
    snprintf(failure, sizeof failure, "it has no function " #name); \
    return; \
  }
  DOORS(FIND)
}

int ccurl_load(char *why, size_t capacity) {
  pthread_once(&once, load);
  if (!failure[0]) return 1;
  snprintf(why, capacity, "%s", failure);
  return 0;
}

CURLcode ccurl_global_init(void) { return curl.curl_global_init(CURL_GLOBAL_DEFAULT); }

CURL *ccurl_easy_init(void) { return curl.curl_easy_init(); }
void ccurl_easy_cleanup(CURL *easy) { curl.curl_easy_cleanup(easy); }
void ccurl_easy_reset(CURL *easy) { curl.curl_easy_reset(easy); }
CURLcode ccurl_easy_perform(CURL *easy) { return curl.curl_easy_perform(easy); }
const char *ccurl_easy_strerror(CURLcode code) { return curl.curl_easy_strerror(code); }
struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *text) { return curl.curl_slist_append(list, text); }
void ccurl_slist_free_all(struct curl_slist *list) { curl.curl_slist_free_all(list); }
CURLM *ccurl_multi_init(void) { return curl.curl_multi_init(); }
CURLMcode ccurl_multi_cleanup(CURLM *multi) { return curl.curl_multi_cleanup(multi); }
CURLMcode ccurl_multi_add_handle(CURLM *multi, CURL *easy) { return curl.curl_multi_add_handle(multi, easy); }
CURLMcode ccurl_multi_remove_handle(CURLM *multi, CURL *easy) { return curl.curl_multi_remove_handle(multi, easy); }
CURLMcode ccurl_multi_socket_action(CURLM *multi, curl_socket_t socket, int events, int *running) { return curl.curl_multi_socket_action(multi, socket, events, running); }
CURLMsg *ccurl_multi_info_read(CURLM *multi, int *left) { return curl.curl_multi_info_read(multi, left); }
const char *ccurl_multi_strerror(CURLMcode code) { return curl.curl_multi_strerror(code); }
CURLU *ccurl_url(void) { return curl.curl_url(); }
void ccurl_url_cleanup(CURLU *url) { curl.curl_url_cleanup(url); }
CURLUcode ccurl_url_set(CURLU *url, CURLUPart part, const char *text, unsigned int flags) { return curl.curl_url_set(url, part, text, flags); }
CURLUcode ccurl_url_get(CURLU *url, CURLUPart part, char **text, unsigned int flags) { return curl.curl_url_get(url, part, text, flags); }
const char *ccurl_url_strerror(CURLUcode code) { return curl.curl_url_strerror(code); }
void ccurl_free(void *memory) { curl.curl_free(memory); }

// In parentheses: curl.h has macros of these names.
#define SET (curl.curl_easy_setopt)

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
  return SET(easy, option, value);
}

CURLcode ccurl_set_off(CURL *easy, CURLoption option, curl_off_t value) {
  return SET(easy, option, value);
}

CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) {
  return SET(easy, option, value);
}

CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, const void *value) {
  return SET(easy, option, value);
}

CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  return SET(easy, option, value);
}

CURLcode ccurl_set_writer(CURL *easy, CURLoption option, curl_write_callback callback) {
  return SET(easy, option, callback);
}

CURLcode ccurl_set_open_socket(CURL *easy, curl_opensocket_callback callback, void *context) {
  CURLcode code = SET(easy, CURLOPT_OPENSOCKETFUNCTION, callback);
  return code != CURLE_OK ? code : SET(easy, CURLOPT_OPENSOCKETDATA, context);
}

CURLcode ccurl_set_close_socket(CURL *easy, curl_closesocket_callback callback, void *context) {
  CURLcode code = SET(easy, CURLOPT_CLOSESOCKETFUNCTION, callback);
  return code != CURLE_OK ? code : SET(easy, CURLOPT_CLOSESOCKETDATA, context);
}

CURLcode ccurl_set_before_request(CURL *easy, curl_prereq_callback callback, void *context) {
  CURLcode code = SET(easy, CURLOPT_PREREQFUNCTION, callback);
  return code != CURLE_OK ? code : SET(easy, CURLOPT_PREREQDATA, context);
}

CURLcode ccurl_set_debug(CURL *easy, curl_debug_callback callback, void *context) {
  CURLcode code = SET(easy, CURLOPT_DEBUGFUNCTION, callback);
  if (code == CURLE_OK) code = SET(easy, CURLOPT_DEBUGDATA, context);
  return code != CURLE_OK ? code : SET(easy, CURLOPT_VERBOSE, 1L);
}

CURLcode ccurl_set_reader(CURL *easy, curl_read_callback callback, void *context) {
  CURLcode code = SET(easy, CURLOPT_READFUNCTION, callback);
  return code != CURLE_OK ? code : SET(easy, CURLOPT_READDATA, context);
}

CURLcode ccurl_set_progress(CURL *easy, curl_xferinfo_callback callback, void *context) {
  CURLcode code = SET(easy, CURLOPT_XFERINFOFUNCTION, callback);
  if (code == CURLE_OK) code = SET(easy, CURLOPT_XFERINFODATA, context);
  return code != CURLE_OK ? code : SET(easy, CURLOPT_NOPROGRESS, 0L);
}

CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value) {
  return (curl.curl_easy_getinfo)(easy, info, value);
}

void *ccurl_get_private(CURL *easy) {
  void *context = NULL;
  return (curl.curl_easy_getinfo)(easy, CURLINFO_PRIVATE, &context) == CURLE_OK ? context : NULL;
}

CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return (curl.curl_multi_setopt)(multi, option, value);
}

CURLMcode ccurl_multi_set_watch(CURLM *multi, curl_socket_callback sockets, curl_multi_timer_callback timer, void *context) {
  CURLMcode code = (curl.curl_multi_setopt)(multi, CURLMOPT_SOCKETFUNCTION, sockets);
  if (code == CURLM_OK) code = (curl.curl_multi_setopt)(multi, CURLMOPT_SOCKETDATA, context);
  if (code == CURLM_OK) code = (curl.curl_multi_setopt)(multi, CURLMOPT_TIMERFUNCTION, timer);
  return code != CURLM_OK ? code : (curl.curl_multi_setopt)(multi, CURLMOPT_TIMERDATA, context);
}
