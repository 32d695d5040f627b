/** What is asked of a carrier: plain data, so that it can be posted to a Worker. Values of Python never travel: they are in the space. */

export interface ProgramJob {
  readonly kind: 'file' | 'code' | 'module' | 'stdin';
  /** File name, code or module name. */
  readonly target: string;
  /** sys.argv[1:]. */
  readonly args: readonly string[];
  /** Entries of sys.path behind the program's own folder. */
  readonly path: readonly string[];
  readonly dis: boolean;
  readonly stats: boolean;
}

/** Shape of a carrier Worker's `workerData`. */
export interface CarrierData {
  readonly protospace: 'carrier';
  readonly program?: ProgramJob;
}
