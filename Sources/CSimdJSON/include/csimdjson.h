#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A member of a JSON object. `key` and `value` are UTF-8 without an end mark, valid until the next call.
typedef struct {
  const char *key;
  size_t key_length;
  const char *value;
  size_t value_length;
  /// 's' text, 'n' number as written, 't' true, 'f' false, '0' null, 'a' array (names joined by line ends), 'o' object
  char type;
} csimdjson_field;

/// Owns a parser and its buffers; used by one thread at a time.
typedef struct csimdjson_parser csimdjson_parser;

csimdjson_parser *csimdjson_new(void);
void csimdjson_free(csimdjson_parser *parser);

/// Reads one object.
/// - bytes: `length` bytes of JSON, with at least 64 readable bytes behind them.
/// Returns the number of members, or -1 not JSON, -2 not an object, -3 not UTF-8.
int64_t csimdjson_object(csimdjson_parser *parser, const char *bytes, size_t length, const csimdjson_field **fields);

/// Whether the bytes are UTF-8.
int csimdjson_is_utf8(const char *bytes, size_t length);

#ifdef __cplusplus
}
#endif
