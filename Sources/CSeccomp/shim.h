// Doors to what Swift cannot call: seccomp_rule_add and prctl are variadic, the actions are macros.
#ifndef CSECCOMP_SHIM_H
#define CSECCOMP_SHIM_H

#include <errno.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

extern long syscall(long number, ...);

// What the filter refuses answers EPERM: the caller sees an error and goes on.
static inline scmp_filter_ctx cseccomp_allow_all(void) { return seccomp_init(SCMP_ACT_ALLOW); }
static inline int cseccomp_refuse(scmp_filter_ctx filter, const char *name) {
  int number = seccomp_syscall_resolve_name(name);
  // Unknown on this machine's architecture: cannot be called either.
  if (number == __NR_SCMP_ERROR) return 0;
  return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0);
}

// prctl is variadic.
static inline int cseccomp_set(int option, unsigned long value) { return prctl(option, value, 0, 0, 0); }

// For the worker's own proof: both are variadic or hidden without _GNU_SOURCE.
static inline int cseccomp_try_ptrace(void) { return (int)syscall(SYS_ptrace, 0 /* PTRACE_TRACEME */, 0, 0, 0); }
static inline int cseccomp_try_unshare(void) { return (int)syscall(SYS_unshare, 0x10000000 /* CLONE_NEWUSER */); }

#endif
