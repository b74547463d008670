/**
 * Every call of the book's code to tfjs passes through here, so that a step's calls can be watched, or answered from a
 * recording while a program computes the numbers. With no dispatcher set, a call is just that call.
 */

export type Run = (...args: unknown[]) => unknown;

export interface Dispatcher {
  /** Tensors from tensors: the result depends on the arguments, and on numbers only if they are among them. */
  operation(name: string, run: Run, args: readonly unknown[]): unknown;
  /** A tensor from JavaScript's numbers, the first argument; they may be others at each step. */
  source(name: string, run: Run, args: readonly unknown[]): unknown;
  /** Runs the caller's function and gives what that gives. */
  scope(name: string, run: Run, args: readonly unknown[]): unknown;
  /** Runs the caller's function forward, then backward on its own. */
  gradients(name: string, run: Run, args: readonly unknown[]): unknown;
  /** Frees or keeps tensors. */
  release(name: string, run: Run, args: readonly unknown[]): unknown;
  /** Gives a variable, the first argument, the value of a tensor, the second. */
  assign(name: string, run: Run, args: readonly unknown[]): unknown;
  /** Brings numbers to the CPU. */
  read(name: string, run: Run, args: readonly unknown[]): unknown;
}

let current: Dispatcher | undefined;

/** From now on every call goes through `next`, or is just a call. */
export function setDispatcher(next: Dispatcher | undefined): void {
  current = next;
}

/** Runs `compute` with every call in it, up to its first wait, going through `next`. */
export function dispatchThrough<T>(next: Dispatcher, compute: () => T): T {
  const before = current;
  current = next;
  try {
    return compute();
  } finally {
    current = before;
  }
}

/** The same function, whose calls pass through the dispatcher. */
export function dispatched<F>(kind: keyof Dispatcher, name: string, run: F): F {
  const plain = run as Run;
  const through: Run = (...args) => (current === undefined ? plain(...args) : current[kind](name, plain, args));
  return through as F;
}
