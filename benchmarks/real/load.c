/* Load generator: both the clients and the server behind the forwarder, in one epoll loop.
 *
 *   load MODE FORWARDER_PORT SERVER_PORT CONNECTIONS SECONDS [ACTIVE]
 *
 * bulk      clients send as fast as they can, the server discards (MSG_TRUNC: without copying)   -> bytes per second
 * pingpong  ACTIVE of the clients (default all) bounce 64 bytes off the server                  -> round trips per second
 * connect   each client connects, bounces 64 bytes, closes, begins again                        -> connections per second
 * stuck     clients send until they are stopped, the server never reads                         -> bytes taken in
 *
 * With FORWARDER_PORT equal to SERVER_PORT there is no forwarder: the generator's own limit. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CLIENT = 1, SERVER = 2, LISTENER = 3 };
enum { MESSAGE = 64, CHUNK = 262144 };
static unsigned char kind[1 << 20];
static int partial[1 << 20];
static char chunk[CHUNK];
static int poller, port, is_bulk, is_connect, is_stuck;
static unsigned long long bytes, rounds, connections;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void die(const char *what) {
  fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
  exit(1);
}

static void watch(int fd, int what, unsigned events) {
  struct epoll_event event = {.events = events, .data.fd = fd};
  int one = 1;
  kind[fd] = what;
  partial[fd] = 0;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event)) die("epoll_ctl");
}

static struct sockaddr_in at(int p) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(p), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  return a;
}

static int dial(void) {
  struct sockaddr_in a = at(port);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (fd < 0) die("socket");
  if (connect(fd, (struct sockaddr *)&a, sizeof a) && errno != EINPROGRESS) die("connect");
  watch(fd, CLIENT, EPOLLIN | (is_bulk || is_stuck ? EPOLLOUT : 0));
  return fd;
}

static void ping(int fd) {
  ssize_t n = send(fd, chunk, MESSAGE, MSG_NOSIGNAL);
  (void)n;
}

static void again(int fd) {


  close(fd);
  connections += 1;
  fd = dial();
  struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.fd = fd};
  epoll_ctl(poller, EPOLL_CTL_MOD, fd, &event);
}

static void on_client(int fd, unsigned events) {
  if (is_bulk || is_stuck) {
    ssize_t n = send(fd, chunk, CHUNK, MSG_NOSIGNAL);
    if (n > 0) bytes += n;
    return;
  }
  if (events & EPOLLOUT) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    epoll_ctl(poller, EPOLL_CTL_MOD, fd, &event);
    ping(fd);
  }
  if (!(events & EPOLLIN)) return;
  ssize_t n = recv(fd, chunk, MESSAGE - partial[fd], 0);
  if (n <= 0) {
    if (is_connect) again(fd);
    return;
  }
  partial[fd] += n;
  if (partial[fd] < MESSAGE) return;
  partial[fd] = 0;
  rounds += 1;
  if (is_connect) again(fd);
  else ping(fd);
}

static void on_server(int fd) {
  ssize_t n;
  if (is_stuck) return;
  if (is_bulk) {
    n = recv(fd, NULL, 4 * CHUNK, MSG_TRUNC);
    if (n > 0) bytes += n;
  } else {
    n = recv(fd, chunk + CHUNK / 2, MESSAGE, 0);
    if (n > 0 && send(fd, chunk + CHUNK / 2, n, MSG_NOSIGNAL) < 0) n = 0;
  }
  if (n == 0 || (n < 0 && errno != EAGAIN)) close(fd);
}

static void run(double until) {
  struct epoll_event events[512];
  while (now() < until) {
    int count = epoll_wait(poller, events, 512, 50);
    for (int i = 0; i < count; i += 1) {
      int fd = events[i].data.fd;
      if (kind[fd] == LISTENER) {
        int peer;
        while ((peer = accept4(fd, NULL, NULL, SOCK_NONBLOCK)) >= 0) watch(peer, SERVER, is_stuck ? 0 : EPOLLIN);
      } else if (kind[fd] == SERVER) on_server(fd);
      else on_client(fd, events[i].events);
    }
  }
}

int main(int argc, char **argv) {
  if (argc < 6) return fprintf(stderr, "load MODE FORWARDER_PORT SERVER_PORT CONNECTIONS SECONDS [ACTIVE]\n"), 2;
  const char *mode = argv[1];
  port = atoi(argv[2]);
  int server_port = atoi(argv[3]), count = atoi(argv[4]), one = 1;
  double seconds = atof(argv[5]);
  int talking = argc > 6 ? atoi(argv[6]) : count;
  is_bulk = !strcmp(mode, "bulk");
  is_connect = !strcmp(mode, "connect");
  is_stuck = !strcmp(mode, "stuck");
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  poller = epoll_create1(0);
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  struct sockaddr_in a = at(server_port);
  if (bind(listener, (struct sockaddr *)&a, sizeof a) || listen(listener, 4096)) die("listen");
  watch(listener, LISTENER, EPOLLIN);
  int *clients = calloc(count, sizeof(int));
  for (int i = 0; i < count; i += 1) {
    clients[i] = dial();
    if (i % 64 == 63) run(now() + 0.005);
  }
  run(now() + (is_bulk || is_stuck ? 0.3 : 0.2 + count / 10000.0));
  if (!is_bulk && !is_stuck)
    for (int i = 0; i < talking; i += 1) ping(clients[i]);
  /* Warm: compiled code, and buffers that have found their size. Connections take longest, as each runs the most code. */
  double warm = now();
  do run(now() + 0.2); while (!is_stuck && now() < warm + (is_connect ? 10 : 3) && (now() < warm + (is_bulk ? 3 : 1) || (!is_bulk && rounds < 20000)));
  bytes = rounds = connections = 0;
  printf("start\n");
  fflush(stdout);
  double begin = now();
  struct rusage before, after;
  getrusage(RUSAGE_SELF, &before);
  run(begin + seconds);
  getrusage(RUSAGE_SELF, &after);
  double took = now() - begin;
  double cpu = (after.ru_utime.tv_sec - before.ru_utime.tv_sec) + (after.ru_stime.tv_sec - before.ru_stime.tv_sec) +
               (after.ru_utime.tv_usec - before.ru_utime.tv_usec + after.ru_stime.tv_usec - before.ru_stime.tv_usec) / 1e6;
  printf("{\"seconds\":%f,\"bytes\":%llu,\"rounds\":%llu,\"connections\":%llu,\"cpuSeconds\":%f}\n", took,
         is_bulk ? bytes / 2 : bytes, rounds, connections, cpu);
  fflush(stdout);
  if (is_stuck) pause();
  return 0;
}
