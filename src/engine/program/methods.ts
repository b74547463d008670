import { Tensor, Variable } from '@tensorflow/tfjs-core';
import { dispatched, type Dispatcher, type Run } from '#src/nn/dispatch.ts';

let areWatched = false;

/** What a tensor or variable does by a method passes through the dispatcher, too. Safe to call again. */
export function watchMethods(): void {
  if (areWatched) return;
  areWatched = true;
  watch(Tensor.prototype, 'dispose', 'release');
  watch(Tensor.prototype, 'data', 'read');
  watch(Tensor.prototype, 'dataSync', 'read');
  watch(Variable.prototype, 'assign', 'assign');
}

function watch<Name extends string>(prototype: Record<Name, unknown>, name: Name, kind: keyof Dispatcher): void {
  const plain = prototype[name] as (this: unknown, ...args: unknown[]) => unknown;
  const through = dispatched<Run>(kind, name, (self, ...args) => plain.apply(self, args));
  prototype[name] = function (this: unknown, ...args: unknown[]) {
    return through(this, ...args);
  };
}
