#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

int cprocess_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

void cprocess_enlarge(int pipe, int bytes) { (void)fcntl(pipe, F_SETPIPE_SZ, bytes); }

static int add_actions(
  posix_spawn_file_actions_t *actions, const char *directory, int input, int output, int errors) {
  int code = posix_spawn_file_actions_adddup2(actions, input, 0);
  if (code == 0) code = posix_spawn_file_actions_adddup2(actions, output, 1);
  if (code == 0) code = posix_spawn_file_actions_adddup2(actions, errors, 2);
  // Whatever a library opened without O_CLOEXEC.
  if (code == 0) code = posix_spawn_file_actions_addclosefrom_np(actions, 3);
  if (code == 0) code = posix_spawn_file_actions_addchdir_np(actions, directory);
  return code;
}

static int set_attributes(posix_spawnattr_t *attributes, bool own_group) {
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
  if (own_group) flags |= POSIX_SPAWN_SETPGROUP;
  int code = posix_spawnattr_setsigmask(attributes, &none);
  if (code == 0) code = posix_spawnattr_setsigdefault(attributes, &all);
  if (code == 0) code = posix_spawnattr_setpgroup(attributes, 0);
  if (code == 0) code = posix_spawnattr_setflags(attributes, flags);
  return code;
}

int cprocess_spawn(
  const char *path, char *const arguments[], char *const environment[], const char *directory, int input, int output,
  int errors, bool own_group, pid_t *pid) {
  // dup2 onto 0, 1, 2 in turn would overwrite an end that is still needed.
  if (input <= 2 || output <= 2 || errors <= 2) return EBADF;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int code = posix_spawn_file_actions_init(&actions);
  if (code != 0) return code;
  code = posix_spawnattr_init(&attributes);
  if (code == 0) {
    code = add_actions(&actions, directory, input, output, errors);
    if (code == 0) code = set_attributes(&attributes, own_group);
    if (code == 0) code = posix_spawn(pid, path, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  return code;
}
