import { engine, type DataId, type Tensor } from '@tensorflow/tfjs-core';
import type { Program, StepInterface } from '#src/engine/program/program.ts';
import { copyTensor, openContext, type Context } from './context.ts';
import { draw, instructionsOf } from './draw.ts';
import { isKept, planStep } from './passes.ts';
import type { Content, Kept, WebglRecording } from './recorder.ts';
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
  const feeds = createFeeds(step.feeds);
  draw(
    instructionsOf(plan.once, textures, () => undefined),
    backend,
  );
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
      release(bound);
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

/** Tensors that leave a step. Each has a texture of its own, into which the program draws. */
function createOutputs({ variables }: StepInterface, textures: Textures, backend: Context) {
  const made = new Map<Content, DataId>();

  /** What was there before the step: a variable's present value, or always the same. */
  function copyOf({ shape, dtype }: Tensor, id: DataId): Tensor {
    const dataId = variables.find(({ before }) => before === id)?.variable.dataId ?? id;
    const copy = copyTensor(backend, { dataId, shape: [...shape], dtype }, false);
    return engine().makeTensorFromTensorInfo(copy);
  }
  return {
    make(like: Tensor, from: Kept | DataId): Tensor {
      if (!isKept(from)) return copyOf(like, from);
      const { dtype } = like;
      const { content } = from;
      const known = made.get(content);
      if (known !== undefined) {
        backend.incRef(known);
        return engine().makeTensorFromTensorInfo({ dataId: known, shape: like.shape, dtype });
      }
      const { dataId } = backend.makeTensorInfo([...from.shape], dtype);
      const { texShape, usage, isPacked } = content;
      const data = Object.assign(backend.texData.get(dataId), { texShape: [...texShape], usage, isPacked });
      backend.uploadToGPU(dataId);
      textures.of(content).texture = data.texture ?? undefined;
      made.set(content, dataId);
      return engine().makeTensorFromTensorInfo({ dataId, shape: like.shape, dtype });
    },
    done: () => made.clear(),
    abandon() {
      for (const dataId of made.values()) {
        const { shape } = backend.texData.get(dataId);
        backend.releaseGPUData(dataId);
        backend.texData.get(dataId).values = new Float32Array(shape.reduce((product, size) => product * size, 1));
      }
      made.clear();
    },
  };
}
