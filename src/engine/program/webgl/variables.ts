import { engine, type DataId, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { copyTensor, joinTensors, sliceOf, type Context } from './context.ts';
import type { VariableTexture } from './passes.ts';
import type { Place, Textures } from './textures.ts';

/** Variables with the tensors whose texture a program reads and writes. */
export interface Bound extends VariableTexture {
  now: Place;
  then: Place | undefined;
  /** The tensor whose texture it is, and those of the variables. */
  root: DataId | undefined;
  tensors: Tensor[];
}

export function bindAll(variables: readonly VariableTexture[], textures: Textures): Bound[] {
  return variables.map((each) => ({
    ...each,
    now: textures.of(each.content),
    then: each.next && textures.of(each.next),
    root: undefined,
    tensors: [],
  }));
}

/** Before a step: variables that others have assigned since are taken over, and those who hold old values keep them. */
export function takeOver(all: readonly Bound[], backend: Context): void {
  for (const bound of all) {
    const { members, tensors, then } = bound;
    const areHere = members.every(({ variable }, place) => variable.dataId === tensors[place]?.dataId);
    if (areHere && (then === undefined || !areShared(bound, backend))) continue;
    const root = rootOf(bound, backend);
    const fresh = members.map(({ variable: { dtype, shape: ofVariable }, shape, offset }) => {
      const info = { ...sliceOf(backend, root, shape, offset), dtype, shape: ofVariable };
      return engine().makeTensorFromTensorInfo(info);
    });
    members.forEach(({ variable }, place) => variable.assign(fresh[place] as Tensor));
    release([bound], backend);
    bound.tensors = fresh;
    bound.root = root.dataId;
    bound.now.texture = backend.texData.get(root.dataId).texture ?? undefined;
  }
}

/** A new texture with the variables' present values. */
function rootOf({ members, content: { texShape, isPacked } }: Bound, backend: Context): TensorInfo {
  const parts = members.map(({ variable: { dataId, dtype }, shape, offset }) => ({ dataId, dtype, shape, offset }));
  const [alone] = parts;
  return alone !== undefined && alone.offset === undefined
    ? copyTensor(backend, alone, isPacked === true)
    : joinTensors(backend, parts, texShape);
}

/** Whether others than the program and the variables hold or await present values. */
function areShared({ root, tensors }: Bound, backend: Context): boolean {
  const slices = root === undefined ? 1 : (backend.dataRefCount.get(root) ?? 1);
  if (slices > tensors.length + 1) return true;
  return tensors.some(
    ({ dataId }) => backend.pendingRead.has(dataId) || backend.refCount(dataId) > (dataId === root ? 3 : 2),
  );
}

/** After a step: the variables have the texture with their new values, and the program the old one for the next. */
export function exchange(all: readonly Bound[], backend: Context): void {
  for (const { tensors, root, now, then } of all) {
    if (root === undefined || then === undefined) continue;
    [now.texture, then.texture] = [then.texture, now.texture];
    for (const id of new Set([root, ...tensors.map(({ dataId }) => dataId)])) {
      const data = backend.texData.get(id);
      data.texture = now.texture ?? null;
      data.values = null;
    }
  }
}

/** The variables keep their values. */
export function release(all: readonly Bound[], backend: Context): void {
  for (const { tensors, root } of all) {
    for (const tensor of tensors) tensor.dispose();
    if (root !== undefined) backend.disposeData(root);
  }
}
