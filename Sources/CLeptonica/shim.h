// allheaders.h needs FILE before it. Imports as it is otherwise.
#ifndef CLEPTONICA_SHIM_H
#define CLEPTONICA_SHIM_H

#include <stdio.h>
#include <stdlib.h>

#include <leptonica/allheaders.h>

#endif
