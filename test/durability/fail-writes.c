/*
 * Makes a disk fail while the file named by KIRKA_FAIL exists, in the way that the file says. For LD_PRELOAD.
 *   full   LMDB's pages find no room
 *   short  a part of them does, and then nothing does
 *   meta   the page that makes a commit visible cannot be written
 *   flush  what was written does not reach the disk
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

enum { first_page = 2 * 4096 };

static int failing(const char *way) {
  const char *flag = getenv("KIRKA_FAIL");
  char said[16] = "";
  int fd = flag ? open(flag, O_RDONLY) : -1;
  if (fd < 0) return 0;
  if (read(fd, said, sizeof said - 1) < 0) said[0] = 0;
  close(fd);
  return strcmp(said, way) == 0;
}

static int is_named(int fd, const char *name) {
  char link[32], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strstr(path, name) != NULL;
}

/* What a write to LMDB's file is told: 0 for nothing, else an errno; 'short' is a write of one byte. */
static int refusal(int fd, off64_t offset) {
  if (!is_named(fd, "/data.mdb")) return 0;
  if (offset >= first_page) return failing("full") ? ENOSPC : failing("short") ? EIO : 0;
  return failing("meta") ? EIO : 0;
}

#define REFUSE(fd, offset)                        \
  do {                                            \
    off64_t at = (offset);                        \
    int reason = refusal(fd, at);                 \
    if (reason == EIO && at >= first_page) return 1; \
    if (reason) {                                 \
      errno = reason;                             \
      return -1;                                  \
    }                                             \
  } while (0)

#define REAL(type, name) ((type)dlsym(RTLD_NEXT, name))

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset) {
  REFUSE(fd, offset);
  return REAL(ssize_t(*)(int, const void *, size_t, off_t), "pwrite")(fd, bytes, size, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset) {
  REFUSE(fd, offset);
  return REAL(ssize_t(*)(int, const void *, size_t, off64_t), "pwrite64")(fd, bytes, size, offset);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  REFUSE(fd, offset);
  return REAL(ssize_t(*)(int, const struct iovec *, int, off_t), "pwritev")(fd, parts, count, offset);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
  REFUSE(fd, offset);
  return REAL(ssize_t(*)(int, const struct iovec *, int, off64_t), "pwritev64")(fd, parts, count, offset);
}

/* LMDB's way of writing pages that lie side by side, once it has moved to the first of them. */
ssize_t writev(int fd, const struct iovec *parts, int count) {
  if (is_named(fd, "/data.mdb")) REFUSE(fd, lseek(fd, 0, SEEK_CUR));
  return REAL(ssize_t(*)(int, const struct iovec *, int), "writev")(fd, parts, count);
}

/* Node's own writes, of the lock file. */
static int is_full_lock(int fd) { return is_named(fd, "/lock.mdb") && failing("full"); }

/* What LMDB tells of a short write it tells of a broken disk, too: a file of its own shows which it is. */
ssize_t write(int fd, const void *bytes, size_t size) {
  if (is_full_lock(fd) || (is_named(fd, "/probe-") && failing("short"))) {
    errno = ENOSPC;
    return -1;
  }
  return REAL(ssize_t(*)(int, const void *, size_t), "write")(fd, bytes, size);
}

int fdatasync(int fd) {
  if (is_named(fd, "/data.mdb") && failing("flush")) {
    errno = EIO;
    return -1;
  }
  return REAL(int (*)(int), "fdatasync")(fd);
}
