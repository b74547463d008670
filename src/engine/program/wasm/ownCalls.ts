import type { DataId, TensorInfo } from '@tensorflow/tfjs-core';
import type { OwnArgument, OwnKernel } from '#src/engine/kernels/heap.ts';
import type { Plan, Planned } from './passes.ts';

/** A call that is one call of an own kernel and nothing else. */
export interface OwnCall {
  call: Planned;
  name: OwnKernel;
  args: readonly OwnArgument[];
}

/** Who makes and who reads what, among the calls that are left. */
export interface Uses {
  own(call: Planned | undefined): OwnCall | undefined;
  /** The call that makes a tensor; undefined if it is given, kept or constant. */
  makerOf(info: OwnArgument | undefined): OwnCall | undefined;
  readersOf(id: DataId): Planned[];
  /** Whether this is the only reader, and nothing after the step needs it. */
  isOnlyReader(call: Planned, info: OwnArgument | undefined): boolean;
  isSame(one: OwnArgument | undefined, other: OwnArgument | undefined): boolean;
}

export function usesIn({ calls, root, isResult }: Plan): Uses {
  const left = () => calls.filter(({ becomes }) => becomes === 'called' || becomes === 'copied');
  const own = (call: Planned | undefined): OwnCall | undefined => {
    const raw = call?.raw[0];
    if (call?.becomes !== 'called' || call.usesHeap || call.raw.length !== 1 || raw?.of !== 'own') return undefined;
    return { call, name: raw.name, args: raw.args };
  };
  const readersOf = (id: DataId) =>
    left().filter(({ inputs }) => inputs.some(({ dataId }) => root(dataId) === root(id)));
  return {
    own,
    readersOf,
    makerOf(info) {
      if (!isTensor(info)) return undefined;
      const makers = left().filter(({ outputs }) => outputs.some(({ dataId }) => root(dataId) === root(info.dataId)));
      return own(makers[0]);
    },
    isOnlyReader(call, info) {
      if (!isTensor(info) || isResult(root(info.dataId))) return false;
      const readers = readersOf(info.dataId);
      return readers.length === 1 && readers[0] === call;
    },
    isSame: (one, other) => isTensor(one) && isTensor(other) && root(one.dataId) === root(other.dataId),
  };
}

export function isTensor(argument: OwnArgument | undefined): argument is TensorInfo {
  return typeof argument === 'object' && argument !== null && 'dataId' in argument;
}

/** Makes a call another one of an own kernel, that gives the same tensors or those of a later call. */
export function replace(call: Planned, name: OwnKernel, args: readonly OwnArgument[], outputs = call.outputs): void {
  const { dataId } = outputs[0] as TensorInfo;
  call.raw = [{ of: 'own', name, args }];
  call.inputs = args.filter(isTensor).filter((info) => info.dataId !== dataId);
  call.outputs = outputs;
  call.made = outputs;
}

/** The call is done by another from now on. */
export function mergeInto(call: Planned, into: Planned): void {
  call.becomes = 'fused';
  call.into = into.place;
}
