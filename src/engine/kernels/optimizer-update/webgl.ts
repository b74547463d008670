import { getKernel, util } from '@tensorflow/tfjs-core';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { GPGPUProgram, MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { readUpdate, slotNames } from './variables.ts';
import type { Kind } from './variables.ts';

/** The new weight and the new slots, from the weight `w`, the gradient `g`, the slots, `rate` and `epsilon`. */
const formulas: Readonly<Record<Kind, string>> = {
  sgd: 'float newW = w - rate * g;',
  momentum: `
    float newVelocity = 0.9 * velocity + g;
    float newW = w - rate * newVelocity;`,
  rmsprop: `
    float newMeanSquare = meanSquare + 0.1 * (g * g - meanSquare);
    float newW = w - rate * (g / (sqrt(newMeanSquare) + epsilon));`,
  adam: `
    float newMean = mean + 0.1 * (g - mean);
    float newMeanSquare = meanSquare + 0.001 * (g * g - meanSquare);
    float newW = w - rate * (newMean / (sqrt(newMeanSquare) + epsilon));`,
};

/**
 * One update of all variables, in one program each. A program has but one output, so the new weight and slots are rows of
 * one texture; the tensors handed out are slices of it, which tfjs reads where they are.
 */
export const optimizerUpdate: KernelConfig = {
  kernelName: 'OptimizerUpdate',
  backendName: 'webgl',
  kernelFunc(params) {
    const { kind, settings, variables } = readUpdate(params);
    const backend = params.backend as MathBackendWebGL;
    return variables.flatMap(({ weight, gradient, slots }) => {
      const count = util.sizeFromShape(weight.shape);
      const unpacked = [weight, gradient, ...slots].map((tensor) => unpack(backend, tensor));
      const flat = unpacked.map(({ dataId, dtype }) => ({ dataId, dtype, shape: [count] }));
      const rows = backend.runWebGLProgram(createProgram(kind, count), [settings, ...flat], 'float32');
      const outputs = [weight, ...slots].map(({ shape }, row) => ({ ...slice(backend, rows, row), shape }));
      for (const temporary of [rows, ...unpacked.filter(({ isTemporary }) => isTemporary)]) {
        backend.disposeIntermediateTensorInfo(temporary);
      }
      return outputs;
    });
  },
};

function createProgram(kind: Kind, count: number): GPGPUProgram {
  const slots = slotNames[kind];
  const names = ['w', 'g', ...slots];
  const news = ['w', ...slots].map((name) => `new${capitalised(name)}`);
  return {
    variableNames: ['settings', ...names.map((name) => `${name}Values`)],
    outputShape: [1 + slots.length, count],
    userCode: `
      void main() {
        ivec2 place = getOutputCoords();
        float rate = getSettings(0);
        float epsilon = getSettings(1);
        ${names.map((name) => `float ${name} = get${capitalised(name)}Values(place.y);`).join('\n')}
        ${formulas[kind]}
        setOutput(${news.reduceRight((rest, value, row) => `place.x == ${row} ? ${value} : ${rest}`)});
      }`,
  };
}

const capitalised = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** The same numbers one a texel. */
function unpack(backend: MathBackendWebGL, tensor: TensorInfo): TensorInfo & { isTemporary: boolean } {
  const isPacked = backend.texData.get(tensor.dataId).isPacked === true;
  return { ...(isPacked ? backend.unpackTensor(tensor) : tensor), isTemporary: isPacked };
}

/** One row, where it is. */
function slice(backend: MathBackendWebGL, rows: TensorInfo, row: number): TensorInfo {
  const attrs = { begin: [row, 0], size: [1, rows.shape[1] ?? 0] };
  return getKernel('Slice', 'webgl').kernelFunc({ inputs: { x: rows }, attrs, backend }) as TensorInfo;
}
