// Doors to what Swift cannot call: zlib's beginnings are macros that hand over the header's version.
#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H

#include <zlib.h>

// Raw deflate (negative window): no header and no checksum, which would be a tenth of a short text.
static inline int czlib_deflate_begin(z_stream *stream, int level, int window, int memory) {
  return deflateInit2(stream, level, Z_DEFLATED, -window, memory, Z_DEFAULT_STRATEGY);
}

static inline int czlib_inflate_begin(z_stream *stream, int window) { return inflateInit2(stream, -window); }

#endif
