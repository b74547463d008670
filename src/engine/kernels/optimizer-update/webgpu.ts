import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { copyNumbers } from '#src/engine/kernels/bufferCopies.ts';
import { readUpdate, slotNames } from './variables.ts';
import type { Kind } from './variables.ts';

/** Numbers that one workgroup takes. */
const WORKGROUP = 64;

/** The new weight and the new slots, from the weight `w`, the gradient `g`, the slots, `rate` and `epsilon`. */
const formulas: Readonly<Record<Kind, string>> = {
  sgd: 'let newW = w - rate * g;',
  momentum: `
    let newVelocity = 0.9 * velocity + g;
    let newW = w - rate * newVelocity;`,
  rmsprop: `
    let newMeanSquare = meanSquare + 0.1 * (g * g - meanSquare);
    let newW = w - rate * (g / (sqrt(newMeanSquare) + epsilon));`,
  adam: `
    let newMean = mean + 0.1 * (g - mean);
    let newMeanSquare = meanSquare + 0.001 * (g * g - meanSquare);
    let newW = w - rate * (newMean / (sqrt(newMeanSquare) + epsilon));`,
};

/**
 * One update of all variables in one dispatch. A shader may bind but eight buffers, so those of all variables are copied
 * into one first, and the results out of one into their own: copies are no dispatches.
 */
export const optimizerUpdate: KernelConfig = {
  kernelName: 'OptimizerUpdate',
  backendName: 'webgpu',
  kernelFunc(params) {
    const { kind, settings, variables } = readUpdate(params);
    const backend = params.backend as WebGPUBackend;
    const before = variables.map(({ weight, gradient, slots }) => [weight, gradient, ...slots]);
    const after = variables.map(({ weight, slots }) =>
      [weight, ...slots].map(({ shape }) => backend.makeTensorInfo(shape, 'float32')),
    );
    const count = variables.reduce((sum, { weight }) => sum + util.sizeFromShape(weight.shape), 0);

    const gathered = backend.makeTensorInfo([2 + slotNames[kind].length, count], 'float32');
    copyNumbers(
      backend,
      placesInRows(before, count).map(({ tensor, place }) => ({ from: tensor, at: 0, to: gathered, place })),
    );
    const updated = backend.runWebGPUProgram(createProgram(kind, count), [settings, gathered], 'float32');
    copyNumbers(
      backend,
      placesInRows(after, count).map(({ tensor, place }) => ({ from: updated, at: place, to: tensor, place: 0 })),
    );
    for (const { dataId } of [gathered, updated]) backend.disposeData(dataId);
    return after.flat();
  },
};

/**
 * The program that reads `[weight, gradient, ...slots]` of all variables as rows of `count` numbers, and writes rows
 * `[weight, ...slots]`.
 */
function createProgram(kind: Kind, count: number): WebGPUProgram {
  const slots = slotNames[kind];
  const reads = ['w', 'g', ...slots].map((name, row) => `let ${name} = gathered[${row} * count + index];`);
  const writes = ['w', ...slots].map((name, row) => `result[${row} * count + index] = new${capitalised(name)};`);
  return {
    shaderKey: `optimizer-update-${kind}`,
    variableNames: ['settings', 'gathered'],
    outputShape: [1 + slots.length, count],
    workgroupSize: [WORKGROUP, 1, 1],
    dispatchLayout: { x: [0, 1] },
    dispatch: [Math.ceil(count / WORKGROUP), 1, 1],
    getUserCode: () => `
      fn main(index : i32) {
        let count = uniforms.outShape.y;
        if (index >= count) { return; }
        let rate = settings[0];
        let epsilon = settings[1];
        ${reads.join('\n')}
        ${formulas[kind]}
        ${writes.join('\n')}
      }`,
  };
}

const capitalised = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** Where each tensor's numbers are among rows of `count`: a row for each of a variable's tensors, in their order. */
function placesInRows(groups: readonly TensorInfo[][], count: number): { tensor: TensorInfo; place: number }[] {
  let start = 0;
  return groups.flatMap((group) => {
    const first = start;
    start += util.sizeFromShape(group[0]?.shape ?? [0]);
    return group.map((tensor, row) => ({ tensor, place: row * count + first }));
  });
}
