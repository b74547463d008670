import type { DataId, TensorInfo } from '@tensorflow/tfjs-core';
import { bytesOf } from './heap.ts';
import { isTensor } from './ownCalls.ts';
import type { Plan, Planned } from './passes.ts';
import type { RawCall } from './recorder.ts';

type Own = RawCall & { of: 'own' };

/** Kernels that read each number before they write the one in its place. */
const numberByNumber = new Set(['unary', 'binary', 'activationGradient', 'biasActivation']);
const updates = new Set(['updateBySgd', 'updateByMomentum', 'updateByRmsprop', 'updateByAdam']);

/**
 * A result takes the memory of an input that nobody reads any more; a variable's next value that of the variable.
 *
 * @param before each variable's tensor at the start of the step, by its tensor at the end.
 */
export function shareInputs(plan: Plan, before: ReadonlyMap<DataId, DataId>): void {
  const { calls, root } = plan;
  const lastRead = new Map<DataId, number>();
  for (const { place, becomes, inputs } of calls) {
    if (becomes !== 'called' && becomes !== 'copied') continue;
    for (const { dataId } of inputs) lastRead.set(root(dataId), place);
  }
  const isLastRead = (call: Planned, id: DataId) => (lastRead.get(root(id)) ?? -1) <= call.place;
  for (const call of calls) {
    if (call.becomes !== 'called' || call.usesHeap) continue;
    const own = call.raw.filter((raw): raw is Own => raw.of === 'own');
    if (own.length !== call.raw.length) continue;
    if (own.every(({ name }) => updates.has(name))) updateInPlace(call, own, plan, before, isLastRead);
    else if (own.length === 1 && own[0] && numberByNumber.has(own[0].name)) {
      const [output] = call.outputs;
      const input = output && call.inputs.find((info) => mayTake(output, info, call, plan, isLastRead));
      if (!output || !input) continue;
      lastRead.set(root(input.dataId), lastRead.get(root(output.dataId)) ?? call.place);
      plan.share(output.dataId, input.dataId);
    }
  }
}

type IsLastRead = (call: Planned, id: DataId) => boolean;

/** Whether the input is of the step's own making or given to it, as large as the output, and of no more use. */
function mayTake(output: TensorInfo, input: TensorInfo, call: Planned, plan: Plan, isLastRead: IsLastRead): boolean {
  const at = plan.root(input.dataId);
  const info = plan.infos.get(at);
  if (info === undefined || plan.root(output.dataId) === at || !plan.changing.has(at)) return false;
  if (plan.isResult(at) || !isLastRead(call, at)) return false;
  return bytesOf(info) === bytesOf(output) && bytesOf(input) === bytesOf(output);
}

/** Weights and what the optimizer remembers are written over, if this is the last to read them. */
function updateInPlace(
  call: Planned,
  raw: readonly Own[],
  plan: Plan,
  before: ReadonlyMap<DataId, DataId>,
  isLastRead: IsLastRead,
): void {
  for (const { args } of raw) {
    const tensors = new Set(args.filter(isTensor).map(({ dataId }) => dataId));
    for (const { dataId } of call.outputs) {
      const old = before.get(dataId);
      if (old === undefined || !tensors.has(dataId) || !tensors.has(old)) continue;
      if (isLastRead(call, old) && !plan.isResult(plan.root(old))) plan.share(dataId, old);
    }
  }
}
