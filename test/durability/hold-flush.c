/* Holds back every flush while the file named by KIRKA_HOLD_FLUSH exists. For LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static void hold(void) {
  const char *flag = getenv("KIRKA_HOLD_FLUSH");
  const struct timespec pause = {0, 5 * 1000 * 1000};
  while (flag && access(flag, F_OK) == 0) nanosleep(&pause, NULL);
}

int fdatasync(int fd) {
  hold();
  return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(fd);
}

int fsync(int fd) {
  hold();
  return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd);
}

int msync(void *address, size_t length, int flags) {
  hold();
  return ((int (*)(void *, size_t, int))dlsym(RTLD_NEXT, "msync"))(address, length, flags);
}
