// What `npm run bench` measures: each row a figure with its unit, its direction and the most it may be (issue 2's table).

/** Python programs of bench/programs against CPython 3.14: time ratio ours ÷ CPython's, lower is better. */
export const PROGRAMS = [
  { name: 'while int loop, 3 M', program: 'whileloop.py', most: 1.0 },
  { name: 'fib(27)', program: 'fib27.py', most: 2 },
  { name: 'attribute loop', program: 'attrloop.py', most: 3.5 },
  { name: 'n-body', program: 'nbody_bench.py', most: 3.5 },
  { name: 'dict building', program: 'dictbuild.py', most: 3.5 },
  { name: 'string building', program: 'strbuild.py', most: 3.5 },
  { name: 'lines of a file', program: 'lines.py', most: 5 },
  { name: 'counting words', program: 'wordcount.py', most: 5 },
];

/** The collector's own program, of bench:gc (issue 3's table); in the same unit. */
export const TREES = { name: 'binary-trees depth 16', program: 'binarytrees.py', args: ['16'], most: 0.7 };

/** 10^8 temporary objects: resident memory at the end in MB, lower is better. */
export const TEMPORARIES = [
  { name: 'temporaries, int returned', program: 'temporaries_int.py', most: 150, collections: 0 },
  { name: 'temporaries, list returned', program: 'temporaries_list.py', most: 150 },
  { name: 'temporaries, one value stored', program: 'temporaries_store.py', most: 150 },
  { name: 'temporaries, exception raised', program: 'temporaries_raise.py', most: 150 },
];

/** Nanoseconds; lower is better. */
export const CELL_MOST = 6;
export const CONTEXT_MOST = 10;
/** Cells a second of two threads ÷ of one; higher is better. */
export const TWO_THREADS_LEAST = 1.8;
/** What two cores can do of it at most. */
export const TWO_CORES = 2;
/** Wall time of two CPU-bound threads ÷ of one, against the same for two processes; lower is better. */
export const PARALLEL_MOST = 1.1;
/** Milliseconds beyond Node's own start; lower is better. */
export const START_MOST = 120;
