import type { DataId, Variable } from '@tensorflow/tfjs-core';
import { engine, type Tensor } from '@tensorflow/tfjs-core';
import type { StepInterface } from '#src/engine/program/program.ts';
import { bufferOf, bytesOf, makeTensor, openEncoder, storage, type Device } from './device.ts';

/** A variable with the tensor whose memory a program reads and writes in place. */
export interface Bound {
  variable: Variable;
  tensor: Tensor;
  before: DataId;
  after: DataId;
}

export function bindAll({ variables }: StepInterface, backend: Device): Bound[] {
  return variables.map((each) => ({ ...each, tensor: makeTensor(backend, each.variable) }));
}

/** The variables keep their values. */
export function release(bound: readonly Bound[]): void {
  for (const { tensor } of bound) tensor.dispose();
}

/** Before a step: variables that others have assigned since are taken over, and those who hold old values keep them. */
export function takeOver(bound: readonly Bound[], backend: Device): void {
  for (const each of bound) {
    // The program's own tensor, and the variable.
    if (backend.refCount(each.tensor.dataId) > 2) leaveCopy(each, backend);
    const { variable, tensor } = each;
    if (variable.dataId === tensor.dataId) continue;
    copy(bufferOf(backend, variable.dataId), bufferOf(backend, tensor.dataId), each, backend);
    backend.commandQueueOwnedIds.add(variable.dataId);
    variable.assign(tensor);
  }
}

/** Whoever shares the memory with the variable gets a copy of it, and the variable keeps the memory. */
function leaveCopy(each: Bound, backend: Device): void {
  const { variable, tensor } = each;
  const buffer = bufferOf(backend, tensor.dataId);
  const left = backend.bufferManager.acquireBuffer(bytesOf(tensor.shape), storage);
  copy(buffer, left, each, backend);
  backend.tensorMap.get(tensor.dataId).resource = left;
  backend.commandQueueOwnedIds.add(tensor.dataId);
  const info = backend.makeTensorInfo([...tensor.shape], tensor.dtype);
  backend.tensorMap.get(info.dataId).resource = buffer;
  const isIn = variable.dataId === tensor.dataId;
  each.tensor = engine().makeTensorFromTensorInfo(info);
  tensor.dispose();
  if (isIn) variable.assign(each.tensor);
}

function copy(from: GPUBuffer, to: GPUBuffer, { variable }: Bound, backend: Device): void {
  openEncoder(backend).copyBufferToBuffer(from, 0, to, 0, bytesOf(variable.shape));
}
