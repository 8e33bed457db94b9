// Tesseract, loaded while the program runs: linked, it and the fifty libraries behind it would cost every start of the
// program 10 ms and 13 MB, and only the recognising child needs it.
#ifndef CTESSERACT_H
#define CTESSERACT_H

// capi.h uses bool and FILE without including them. struct Pix stays opaque: pixels go in as bytes.
#include <stdbool.h>
#include <stdio.h>

#include <tesseract/capi.h>

// What the program calls. Called by these names in CTesseract, never directly: that would link the library.
#define CTESSERACT_DOORS(DOOR) \
  DOOR(TessVersion) \
  DOOR(TessDeleteText) \
  DOOR(TessBaseAPICreate) \
  DOOR(TessBaseAPIDelete) \
  DOOR(TessBaseAPISetVariable) \
  DOOR(TessBaseAPIInit3) \
  DOOR(TessBaseAPISetPageSegMode) \
  DOOR(TessBaseAPISetImage) \
  DOOR(TessBaseAPISetSourceResolution) \
  DOOR(TessBaseAPIRecognize) \
  DOOR(TessBaseAPIClear) \
  DOOR(TessBaseAPIGetIterator) \
  DOOR(TessResultIteratorDelete) \
  DOOR(TessResultIteratorNext) \
  DOOR(TessResultIteratorGetUTF8Text) \
  DOOR(TessResultIteratorGetPageIteratorConst) \
  DOOR(TessResultIteratorConfidence) \
  DOOR(TessPageIteratorBoundingBox)

#define CTESSERACT_FIELD(name) __typeof__(name) *name;
typedef struct CTesseract {
  CTESSERACT_DOORS(CTESSERACT_FIELD)
} CTesseract;

/// Loads the library once for the process; from any thread.
/// Returns the table of its functions, or NULL: then `why` (NUL-terminated, cut to `capacity`) is the loader's reason.
const CTesseract *ctesseract_load(char *why, size_t capacity);

#endif
