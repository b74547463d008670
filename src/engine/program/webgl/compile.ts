import { engine, util, type DataId, type DataType, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Program, StepInterface } from '#src/engine/program/program.ts';
import { copyTensor, emptyPool, openContext, sliceOf, type Context } from './context.ts';
import { draw, instructionsOf } from './draw.ts';
import { isKept, planStep } from './passes.ts';
import type { Content, Kept, WebglRecording } from './recording.ts';
import { describe } from './report.ts';
import { takeTextures, type Textures } from './textures.ts';
import { bindAll, exchange, release, takeOver } from './variables.ts';

/**
 * Makes a recorded step a list of instructions on textures of its own.
 *
 * @throws NotRecordable
 */
export function compile(recording: WebglRecording, step: StepInterface): Program {
  const backend = openContext();
  const plan = planStep(recording, step);
  const textures = takeTextures(recording, plan, backend);
  emptyPool(backend);
  const feeds = createFeeds(step.feeds);
  draw(instructionsOf(plan.once, textures, feeds.arrayOf), backend);
  const instructions = instructionsOf(plan.always, textures, feeds.arrayOf);
  const bound = bindAll(plan.variables, textures);
  const outputs = createOutputs(step, textures, backend);

  function run() {
    takeOver(bound, backend);
    draw(instructions, backend);
    exchange(bound, backend);
    outputs.done();
  }
  return {
    feed: feeds.set,
    makeOutput: (index) => outputs.make(step.outputs[index] as Tensor, plan.outputs[index] as Kept | DataId),
    run,
    runTimed: run,
    abandon: outputs.abandon,
    report: () => describe(recording, plan, textures),
    dispose() {
      textures.dispose();
      release(bound, backend);
    },
  };
}

/** The numbers that JavaScript gives, in the arrays that the GPU is given. */
function createFeeds(tensors: readonly Tensor[]) {
  const feeds = tensors.map(({ size, dtype }) => ({
    // Rounded as tfjs rounds them.
    numbers: dtype === 'float32' ? new Float32Array(size) : new Int32Array(size),
    arrays: [] as (Float32Array | Uint8Array)[],
  }));
  const places = new Map(tensors.map(({ dataId }, index) => [dataId, index]));
  return {
    arrayOf(id: DataId, like: Float32Array | Uint8Array) {
      const feed = feeds[places.get(id) ?? -1];
      if (feed === undefined) return undefined;
      const array = like.slice();
      feed.arrays.push(array);
      return array;
    },
    set(index: number, values: ArrayLike<number>) {
      const { numbers, arrays } = feeds[index] ?? { numbers: new Float32Array(), arrays: [] };
      numbers.set(values);
      for (const array of arrays) array.set(numbers);
    },
  };
}

/** Tensors that leave a step. They lie in new textures, into which the program draws. */
function createOutputs({ variables }: StepInterface, textures: Textures, backend: Context) {
  const roots = new Map<Content, TensorInfo>();
  const made = new Set<DataId>();

  function valueBefore({ shape, dtype }: Tensor, id: DataId): TensorInfo {
    const dataId = variables.find(({ before }) => before === id)?.variable.dataId ?? id;
    return copyTensor(backend, { dataId, shape, dtype }, false);
  }
  function rootOf({ content, shape, offset }: Kept, dtype: DataType): TensorInfo {
    const { texShape, usage, isPacked } = content;
    const root = backend.makeTensorInfo(offset === undefined ? shape : [...texShape], dtype);
    const data = Object.assign(backend.texData.get(root.dataId), { texShape: [...texShape], usage, isPacked });
    backend.uploadToGPU(root.dataId);
    textures.of(content).texture = data.texture ?? undefined;
    roots.set(content, root);
    return root;
  }
  function done() {
    for (const { dataId } of roots.values()) backend.disposeData(dataId);
    roots.clear();
    made.clear();
  }
  return {
    make(like: Tensor, from: Kept | DataId): Tensor {
      const { shape, dtype } = like;
      if (!isKept(from)) return engine().makeTensorFromTensorInfo(valueBefore(like, from));
      const root = roots.get(from.content) ?? rootOf(from, dtype);
      const { dataId } = sliceOf(backend, root, from.shape, from.offset);
      made.add(dataId);
      return engine().makeTensorFromTensorInfo({ dataId, shape, dtype });
    },
    done,
    abandon() {
      for (const dataId of made) {
        const data = backend.texData.get(dataId);
        backend.releaseGPUData(dataId);
        data.values = new Float32Array(util.sizeFromShape(data.shape));
      }
      done();
    },
  };
}
