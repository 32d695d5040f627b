/** THR_KIND: what a thread does; scheduler.ts has the table. */
export const KIND_PYTHON = 0;
export const KIND_JOB = 1;
