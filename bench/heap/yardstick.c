// The trials of bench/heap/allocators.ts over the C library's malloc, or what LD_PRELOAD puts in its place.
// yardstick WORKLOAD THREADS ROUNDS STEPS: nanoseconds an object, a thread.
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BYTES = 64, TABLE = 16384 };

static int workload, threads, rounds, steps;
static pthread_barrier_t barrier;
static double best = 1e30;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void *cell(uint32_t value) {
  uint32_t *p = malloc(BYTES);
  if (p == NULL) abort();
  memset(p, 0, BYTES);
  p[0] = value;
  return p;
}

static void allocate(void **kept) {
  for (int i = 0; i < steps; i++) kept[i] = cell((uint32_t)i);
}

// Not inlined: the compiler would leave both calls out.
__attribute__((noinline)) static void call(uint32_t i) {
  void *volatile p = cell(i);
  free(p);
}

static void dies(void) {
  for (int i = 0; i < steps; i++) call((uint32_t)i);
}

static void replaces(void **table, uint32_t *seed) {
  uint32_t x = *seed;
  for (int i = 0; i < steps; i++) {
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    void **slot = &table[x % TABLE];
    free(*slot);
    *slot = cell(x);
  }
  *seed = x;
}

// All threads begin a round together; its time is that of the last.
static void *run(void *self) {
  const int first = *(int *)self == 0;
  void **kept = calloc((size_t)steps, sizeof(void *));
  void **table = calloc(TABLE, sizeof(void *));
  uint32_t seed = 2463534242u;
  for (int round = 0; round < rounds; round++) {
    pthread_barrier_wait(&barrier);
    const double begin = now();
    if (workload == 'a') allocate(kept);
    if (workload == 'r') dies();
    if (workload == 'l') replaces(table, &seed);
    pthread_barrier_wait(&barrier);
    const double time = (now() - begin) / steps;
    if (first && time < best) best = time;
    if (workload == 'a') {
      for (int i = 0; i < steps; i++) free(kept[i]);
    }
  }
  return NULL;
}

int main(int count, char **words) {
  if (count != 5) return 2;
  workload = words[1][0];
  threads = atoi(words[2]);
  rounds = atoi(words[3]);
  steps = atoi(words[4]);
  pthread_barrier_init(&barrier, NULL, (unsigned)threads);
  pthread_t others[8];
  int ids[8];
  for (int i = 0; i < threads; i++) ids[i] = i;
  for (int i = 1; i < threads; i++) pthread_create(&others[i], NULL, run, &ids[i]);
  run(&ids[0]);
  for (int i = 1; i < threads; i++) pthread_join(others[i], NULL);
  printf("%f\n", best);
  return 0;
}
