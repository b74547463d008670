import { engine, type DataId, type DataType, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';

interface Backend {
  incRef(id: DataId): void;
}

/** tfjs's engine as it is inside. */
interface Engine {
  backend: Backend;
  state: {
    activeScope: { name: string };
    tensorInfo: { get(id: DataId): { backend: Backend } | undefined };
  };
  clone(x: Tensor): Tensor;
  runKernel(name: string, inputs: Record<string, TensorInfo>, attributes: { dtype: DataType }): Tensor;
  makeTensorFromTensorInfo(info: TensorInfo): Tensor;
  addTapeNode(
    name: string,
    inputs: Record<string, Tensor>,
    outputs: Tensor[],
    gradient: (dy: Tensor) => Record<string, () => Tensor>,
    saved: Tensor[],
    attributes: object,
  ): void;
}

const patched = new WeakSet();

/**
 * A tensor that a gradient saves needs no kernel call: it is the same memory, held once more. tfjs runs `Identity` for
 * each, in a small network a third of all its calls. Gradients of gradients go through it as before. Safe to call again.
 */
export function shareSavedTensors(): void {
  const inner = engine() as unknown as Engine;
  if (patched.has(inner)) return;
  patched.add(inner);
  const plain = inner.clone.bind(inner);
  inner.clone = (x) => {
    const { backend, state } = inner;
    const isElsewhere = state.tensorInfo.get(x.dataId)?.backend !== backend;
    if (isElsewhere || x.dtype === 'complex64' || x.dtype === 'string') return plain(x);
    backend.incRef(x.dataId);
    const shared = inner.makeTensorFromTensorInfo({ dataId: x.dataId, shape: x.shape, dtype: x.dtype });
    const gradient = (dy: Tensor) => ({ x: () => inner.runKernel('Cast', { x: dy }, { dtype: 'float32' }) });
    inner.addTapeNode(state.activeScope.name, { x }, [shared], gradient, [], {});
    return shared;
  };
}
