// Linux's lists of descriptors to watch: Swift's Glibc module shows neither epoll nor eventfd.
#pragma once
#include <errno.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

/// A list, closed on exec; -1 with errno.
static inline int cepoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

/// A counter that wakes whoever waits for it, closed on exec; -1 with errno.
static inline int cepoll_bell(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

static inline void cepoll_ring(int bell) { (void)!eventfd_write(bell, 1); }
static inline void cepoll_silence(int bell) {
  eventfd_t count;
  (void)!eventfd_read(bell, &count);
}

/// Watches a descriptor for `events`, whether it is on the list already or not. 0, or the number of the error.
static inline int cepoll_watch(int list, int descriptor, uint32_t events, int is_listed) {
  struct epoll_event event = {.events = events, .data.fd = descriptor};
  if (!epoll_ctl(list, is_listed ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, descriptor, &event)) return 0;
  if (errno != (is_listed ? ENOENT : EEXIST)) return errno;
  return epoll_ctl(list, is_listed ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event) ? errno : 0;
}

/// One that is not on the list is no mistake.
static inline void cepoll_forget(int list, int descriptor) { (void)!epoll_ctl(list, EPOLL_CTL_DEL, descriptor, 0); }

struct cepoll_ready {
  int descriptor;
  uint32_t events;
};

/// The number of descriptors where something happened, at most 64; 0 after so many milliseconds, or after a signal;
/// -1 with errno.
static inline int cepoll_wait(int list, struct cepoll_ready *ready, int milliseconds) {
  struct epoll_event events[64];
  int count = epoll_wait(list, events, 64, milliseconds);
  if (count < 0) return errno == EINTR ? 0 : -1;
  for (int i = 0; i < count; i++) ready[i] = (struct cepoll_ready){events[i].data.fd, events[i].events};
  return count;
}
static inline int cepoll_most(void) { return 64; }

// Enumerators with bits that Swift imports as a type of their own.
static inline uint32_t cepoll_in(void) { return EPOLLIN; }
static inline uint32_t cepoll_out(void) { return EPOLLOUT; }
static inline uint32_t cepoll_failed(void) { return EPOLLERR | EPOLLHUP; }
