// What starting a child needs of glibc's extensions: Swift's Glibc module is built without _GNU_SOURCE and shows none of
// them.
#ifndef CPROCESS_H
#define CPROCESS_H

#include <stdbool.h>
#include <sys/types.h>

// Both ends close on exec. 0, or -1 with errno.
int cprocess_pipe(int ends[2]);

// Room for `bytes` in a pipe; a refusal only costs time.
void cprocess_enlarge(int pipe, int bytes);

// Starts `path` with input, output and errors as 0, 1 and 2 and nothing else open, no signal blocked or ignored.
// The three descriptors must be above 2. 0 and the process's id, or the number of the error.
int cprocess_spawn(
  const char *path, char *const arguments[], char *const environment[], const char *directory, int input, int output,
  int errors, bool own_group, pid_t *pid);

#endif
