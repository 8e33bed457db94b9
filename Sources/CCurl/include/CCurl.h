// libcurl, loaded while the program runs: linked, it and the thirty libraries behind it would cost every start of the
// program 4 ms and 5 MB, and most have nothing to send. Here are a door for each function that is called, and doors to
// what Swift cannot call: curl_easy_setopt and its kin are variadic, some constants are macros with casts, and CURLMsg
// carries its result in a union.
#ifndef CCURL_H
#define CCURL_H

#include <stddef.h>

#include <curl/curl.h>

/// Loads the library once for the process; from any thread. Comes before any other function of this file.
/// Returns 1, or 0: then `why` (NUL-terminated, cut to `capacity`) is the loader's reason.
int ccurl_load(char *why, size_t capacity);

// libcurl's own functions, as its manual has them.
CURL *ccurl_easy_init(void);
void ccurl_easy_cleanup(CURL *easy);
void ccurl_easy_reset(CURL *easy);
CURLcode ccurl_easy_perform(CURL *easy);
const char *ccurl_easy_strerror(CURLcode code);
struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *text);
void ccurl_slist_free_all(struct curl_slist *list);
CURLM *ccurl_multi_init(void);
CURLMcode ccurl_multi_cleanup(CURLM *multi);
CURLMcode ccurl_multi_add_handle(CURLM *multi, CURL *easy);
CURLMcode ccurl_multi_remove_handle(CURLM *multi, CURL *easy);
CURLMcode ccurl_multi_socket_action(CURLM *multi, curl_socket_t socket, int events, int *running);
CURLMsg *ccurl_multi_info_read(CURLM *multi, int *left);
const char *ccurl_multi_strerror(CURLMcode code);
CURLU *ccurl_url(void);
void ccurl_url_cleanup(CURLU *url);
CURLUcode ccurl_url_set(CURLU *url, CURLUPart part, const char *text, unsigned int flags);
CURLUcode ccurl_url_get(CURLU *url, CURLUPart part, char **text, unsigned int flags);
const char *ccurl_url_strerror(CURLUcode code);
void ccurl_free(void *memory);

// curl_easy_setopt is variadic: one door for each type of argument.
CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value);
CURLcode ccurl_set_off(CURL *easy, CURLoption option, curl_off_t value);
CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, const void *value);
CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value);

// Callbacks: each with its own prototype, so that the compiler checks what Swift hands over.
CURLcode ccurl_set_writer(CURL *easy, CURLoption option, curl_write_callback callback);
CURLcode ccurl_set_open_socket(CURL *easy, curl_opensocket_callback callback, void *context);
CURLcode ccurl_set_close_socket(CURL *easy, curl_closesocket_callback callback, void *context);
CURLcode ccurl_set_before_request(CURL *easy, curl_prereq_callback callback, void *context);
CURLcode ccurl_set_debug(CURL *easy, curl_debug_callback callback, void *context);
CURLcode ccurl_set_reader(CURL *easy, curl_read_callback callback, void *context);
CURLcode ccurl_set_progress(CURL *easy, curl_xferinfo_callback callback, void *context);

// curl_easy_getinfo and curl_multi_setopt are variadic too.
CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value);
// What CURLOPT_PRIVATE was set to; NULL for nothing.
void *ccurl_get_private(CURL *easy);
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value);
// Which sockets to watch and when to come back by the clock: told to the same context.
CURLMcode ccurl_multi_set_watch(CURLM *multi, curl_socket_callback sockets, curl_multi_timer_callback timer, void *context);

// CURLMsg.data is a union: its `result` counts only for CURLMSG_DONE.
static inline CURLcode ccurl_message_result(const CURLMsg *message) { return message->data.result; }

// CURL_GLOBAL_DEFAULT, CURL_SOCKET_BAD and CURL_SOCKET_TIMEOUT are macros that the importer leaves out.
CURLcode ccurl_global_init(void);
static inline curl_socket_t ccurl_socket_bad(void) { return CURL_SOCKET_BAD; }
static inline curl_socket_t ccurl_socket_timeout(void) { return CURL_SOCKET_TIMEOUT; }

#endif
