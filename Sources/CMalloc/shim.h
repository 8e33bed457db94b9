#pragma once
// glibc's own: not among what Swift's Glibc module shows.
#include <malloc.h>
