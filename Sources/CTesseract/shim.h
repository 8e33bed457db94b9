// capi.h uses bool and FILE without including them. Imports as it is otherwise; struct Pix stays opaque: pixels go in as bytes.
#ifndef CTESSERACT_SHIM_H
#define CTESSERACT_SHIM_H

#include <stdbool.h>
#include <stdio.h>

#include <tesseract/capi.h>

#endif
