import { engine, type Tensor } from '@tensorflow/tfjs-core';
import { copyTensor, type Context } from './context.ts';
import type { PlannedVariable } from './passes.ts';
import type { Place, Textures } from './textures.ts';

/** A variable with the tensor whose texture a program reads and writes. */
export interface Bound extends PlannedVariable {
  now: Place;
  then: Place | undefined;
  tensor: Tensor | undefined;
}

export function bindAll(variables: readonly PlannedVariable[], textures: Textures): Bound[] {
  return variables.map((each) => ({
    ...each,
    now: textures.of(each.content),
    then: each.next && textures.of(each.next),
    tensor: undefined,
  }));
}

/** Before a step: variables that others have assigned since are taken over, and those who hold old values keep them. */
export function takeOver(bound: readonly Bound[], backend: Context): void {
  for (const each of bound) {
    const { variable, tensor, shape, content, then } = each;
    const isHere = tensor !== undefined && variable.dataId === tensor.dataId;
    if (isHere && (then === undefined || !isShared(tensor, backend))) continue;
    const { dataId, dtype } = variable;
    const copy = copyTensor(backend, { dataId, shape, dtype }, content.isPacked === true);
    each.tensor = engine().makeTensorFromTensorInfo({ ...copy, shape: variable.shape });
    each.now.texture = backend.texData.get(copy.dataId).texture ?? undefined;
    variable.assign(each.tensor);
    tensor?.dispose();
  }
}

/** Whether others than the program and the variable hold or await its present value. */
function isShared({ dataId }: Tensor, backend: Context): boolean {
  return backend.refCount(dataId) > 2 || (backend.dataRefCount.get(dataId) ?? 1) > 1 || backend.pendingRead.has(dataId);
}

/** After a step: each variable has the texture with its new value, and the program the old one for the next. */
export function exchange(bound: readonly Bound[], backend: Context): void {
  for (const { tensor, now, then } of bound) {
    if (tensor === undefined || then === undefined) continue;
    [now.texture, then.texture] = [then.texture, now.texture];
    const data = backend.texData.get(tensor.dataId);
    data.texture = now.texture ?? null;
    data.values = null;
  }
}

/** The variables keep their values. */
export function release(bound: readonly Bound[]): void {
  for (const { tensor } of bound) tensor?.dispose();
}
