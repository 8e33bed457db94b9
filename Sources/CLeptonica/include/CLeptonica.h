// leptonica, loaded while the program runs: only the child that opens customers' pictures, and a report that shows a
// part of one, need it.
#ifndef CLEPTONICA_H
#define CLEPTONICA_H

// allheaders.h needs FILE before it.
#include <stdio.h>
#include <stdlib.h>

#include <leptonica/allheaders.h>

// What the program calls. Called by these names in CLeptonica, never directly: that would link the library.
#define CLEPTONICA_DOORS(DOOR) \
  DOOR(setMsgSeverity) \
  DOOR(pixCreate) \
  DOOR(pixDestroy) \
  DOOR(pixGetWidth) \
  DOOR(pixGetHeight) \
  DOOR(pixGetDepth) \
  DOOR(pixGetSpp) \
  DOOR(pixSetSpp) \
  DOOR(pixGetWpl) \
  DOOR(pixGetData) \
  DOOR(pixGetColormap) \
  DOOR(pixReadMemJpeg) \
  DOOR(pixReadMemPng) \
  DOOR(pixReadMemWebP) \
  DOOR(pixReadMemBmp) \
  DOOR(pixReadMemGif) \
  DOOR(pixReadMemPnm) \
  DOOR(pixReadMemTiff) \
  DOOR(pixWriteMemPng) \
  DOOR(pixRemoveColormap) \
  DOOR(pixConvert16To8) \
  DOOR(pixConvertTo8) \
  DOOR(pixConvertTo32) \
  DOOR(pixScaleAreaMap) \
  DOOR(pixFlipLR) \
  DOOR(pixFlipTB) \
  DOOR(pixRotate90) \
  DOOR(pixRotate180) \
  DOOR(pixCopy) \
  DOOR(pixSetComponentArbitrary) \
  DOOR(pixEndianByteSwap)

#define CLEPTONICA_FIELD(name) __typeof__(name) *name;
typedef struct CLeptonica {
  CLEPTONICA_DOORS(CLEPTONICA_FIELD)
} CLeptonica;

/// Loads the library once for the process; from any thread.
/// Returns the table of its functions, or NULL: then `why` (NUL-terminated, cut to `capacity`) is the loader's reason.
const CLeptonica *cleptonica_load(char *why, size_t capacity);

#endif
