import { Tensor as AnyTensor, Variable as AnyVariable } from '@tensorflow/tfjs-core';
import type { Tensor, Variable } from '@tensorflow/tfjs-core';

/** A call of the book's code in a recorded step, in the order of the calls. */
export interface Call {
  kind: 'operation' | 'source' | 'gradients' | 'gradients-end' | 'assign';
  name: string;
  args: readonly unknown[];
  result: unknown;
  /** Of a source: which of the step's feeds it is. */
  feed?: number;
  /** Whether a tensor of its result outlives the step. */
  escapes: boolean;
}

/** All tensors in a value, in arrays and plain objects too. */
export function tensorsIn(value: unknown, found: Tensor[] = []): Tensor[] {
  if (isTensor(value)) found.push(value);
  else if (Array.isArray(value)) for (const item of value) tensorsIn(item, found);
  else if (isPlainObject(value)) for (const item of Object.values(value)) tensorsIn(item, found);
  return found;
}

/** The same value with other tensors in their places. */
export function mapTensors(value: unknown, map: (tensor: Tensor) => Tensor): unknown {
  if (isTensor(value)) return map(value);
  if (Array.isArray(value)) return value.map((item) => mapTensors(item, map));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTensors(item, map)]));
}

/**
 * Whether a call has the arguments that were recorded. Functions count as equal.
 *
 * @param recorded what the recorded tensor is that stands for `passed`, if it is another.
 */
export function isSame(expected: unknown, passed: unknown, recorded: (passed: unknown) => unknown): boolean {
  if (expected === passed || Object.is(expected, passed)) return true;
  if (typeof expected !== 'object' || expected === null) {
    return typeof expected === 'function' && typeof passed === 'function';
  }
  if (typeof passed !== 'object' || passed === null) return false;
  if (Array.isArray(expected)) {
    if (!Array.isArray(passed) || passed.length !== expected.length) return false;
    return expected.every((item, index) => isSame(item, passed[index], recorded));
  }
  if (isTensor(expected)) return recorded(passed) === expected;
  if (!isPlainObject(expected) || !isPlainObject(passed)) return false;
  const names = Object.keys(expected);
  return (
    names.length === Object.keys(passed).length && names.every((name) => isSame(expected[name], passed[name], recorded))
  );
}

export function isVariable(value: unknown): value is Variable {
  return value instanceof AnyVariable;
}

function isTensor(value: unknown): value is Tensor {
  return value instanceof AnyTensor;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
