import type { DataId, TensorInfo } from '@tensorflow/tfjs-core';
import type { ProgramCall } from '#src/training/protocol.ts';
import type { StepInterface } from '#src/engine/program/program.ts';
import { fuseCalls } from './fuse.ts';
import { sizeOf } from './heap.ts';
import { isTensor } from './ownCalls.ts';
import type { KernelCall, WasmRecording } from './recorder.ts';

/** A recorded call with what the passes decide about it. */
export interface Planned extends Omit<KernelCall, 'raw' | 'inputs' | 'outputs' | 'made'> {
  raw: KernelCall['raw'];
  inputs: KernelCall['inputs'];
  outputs: KernelCall['outputs'];
  made: KernelCall['made'];
  place: number;
  becomes: ProgramCall['becomes'];
  into?: number;
}

/** The calls of a step and whose memory each tensor shares. */
export interface Plan {
  calls: Planned[];
  /** The tensor whose memory it shares: itself if it has its own. */
  root(id: DataId): DataId;
  /** Shapes and types of what the step computes or is given, by root. */
  infos: Map<DataId, TensorInfo>;
  /** Gives a tensor the memory of another. */
  share(id: DataId, withId: DataId): void;
  /** What must be there after the last call: what leaves the step, and the variables' next values. */
  results: readonly DataId[];
  isResult(root: DataId): boolean;
  /** Roots that change from step to step. */
  changing: Set<DataId>;
}

/** Kernels whose result is their input's numbers in their order. */
const sameNumbers = new Set(['Identity', 'Reshape', 'ExpandDims']);

/** Kernels that need no tensor to make one, and always make the same. */
const fixed = new Set(['Fill', 'ZerosLike', 'OnesLike', 'Range', 'LinSpace']);

export function planStep({ calls, written }: WasmRecording, { feeds, outputs, variables }: StepInterface): Plan {
  const shared = new Map<DataId, DataId>();
  const root = (id: DataId): DataId => {
    let at = id;
    for (let next = shared.get(at); next !== undefined; next = shared.get(at)) at = next;
    return at;
  };
  const infos = new Map<DataId, TensorInfo>();
  for (const { info } of written.values()) infos.set(info.dataId, info);
  for (const { dataId, shape, dtype } of feeds) infos.set(dataId, { dataId, shape, dtype });
  for (const call of calls) {
    // An output that shares its input's memory (a reshape, a clone) is no memory of the step's own.
    const given = new Set(call.inputs.map(({ dataId }) => dataId));
    for (const info of [...call.made, ...call.outputs]) {
      if (!infos.has(info.dataId) && !given.has(info.dataId)) infos.set(info.dataId, info);
    }
  }
  const planned = calls.map((call, place): Planned => ({ ...call, place, becomes: 'called' }));
  shareMemory(planned, shared, root);
  const results = [...outputs.map(({ dataId }) => dataId), ...variables.map(({ after }) => after)];
  const isResult = (at: DataId) => results.some((id) => root(id) === at);
  const given = new Set(feeds.map(({ dataId }) => root(dataId)));
  const changing = new Set([...given, ...variables.map(({ before }) => root(before))]);
  const share = (id: DataId, withId: DataId) => void shared.set(root(id), root(withId));
  const plan = { calls: planned, root, share, infos, results, isResult, changing };
  foldConstants(plan);
  dropUnused(plan);
  fuseCalls(plan, (argument) => {
    if (!isTensor(argument) || sizeOf(argument.shape) !== 1 || argument.dtype !== 'float32') return undefined;
    const bytes = given.has(root(argument.dataId)) ? undefined : written.get(root(argument.dataId))?.bytes;
    return bytes && new Float32Array(bytes.slice().buffer)[0];
  });
  return plan;
}

/** A result that holds its input's numbers gets its input's memory, and the call is not needed. */
function shareMemory(calls: readonly Planned[], shared: Map<DataId, DataId>, root: (id: DataId) => DataId): void {
  for (const call of calls) {
    const [input] = call.inputs;
    const [output] = call.outputs;
    if (input === undefined || output === undefined) continue;
    const keepsNumbers = sameNumbers.has(call.kernel) || (call.kernel === 'Cast' && input.dtype === output.dtype);
    if (!keepsNumbers) continue;
    call.becomes = 'alias';
    if (root(output.dataId) !== root(input.dataId)) shared.set(output.dataId, input.dataId);
  }
}

/** What depends on nothing that changes is computed once, when the program is made. */
function foldConstants({ calls, root, changing }: Plan): void {
  for (const call of calls) {
    if (call.becomes !== 'called') continue;
    const depends = call.inputs.some(({ dataId }) => changing.has(root(dataId)));
    const isConstant = fixed.has(call.kernel) || (call.inputs.length > 0 && !depends);
    if (isConstant) call.becomes = 'constant';
    else for (const { dataId } of [...call.outputs, ...call.made]) changing.add(root(dataId));
  }
}

/** What nobody reads is not computed. */
export function dropUnused({ calls, root, results }: Plan): void {
  const needed = new Set(results.map(root));
  for (const call of [...calls].reverse()) {
    if (call.becomes !== 'called' && call.becomes !== 'constant') continue;
    if (call.outputs.some(({ dataId }) => needed.has(root(dataId)))) {
      for (const { dataId } of call.inputs) needed.add(root(dataId));
    } else call.becomes = 'unused';
  }
}
