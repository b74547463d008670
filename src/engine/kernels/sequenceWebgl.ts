import { env } from '@tensorflow/tfjs-core';
import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { GPGPUProgram, MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { Cell } from './cells.ts';
import { backwardProgram, columnsProgram, forwardProgram, joinProgram, weightsProgram } from './sequenceFragments.ts';
import { readBackward, readForward } from './sequences.ts';

type Params = Parameters<KernelFunc>[0];
type Inputs = Readonly<Record<string, TensorInfo | undefined>>;

/**
 * A recurrent layer over a whole sequence on WebGL, where a program cannot wait for itself: one draw a time step each
 * way, and a few to put the steps together.
 */
export function webglSequence(name: string, cellOf: (params: Params) => Cell): readonly KernelConfig[] {
  return [
    { kernelName: `${name}Sequence`, backendName: 'webgl', kernelFunc: (params) => forward(cellOf(params), params) },
    {
      kernelName: `${name}SequenceGrad`,
      backendName: 'webgl',
      kernelFunc: (params) => backward(cellOf(params), params),
    },
  ];
}

function forward(cell: Cell, params: Params): TensorInfo[] {
  const { batch, time, units, ...given } = readForward(params);
  const backend = params.backend as MathBackendWebGL;
  return withUnpacked(backend, { ...given, cells: given.cell }, (inputs) => {
    const steps: TensorInfo[] = [];
    for (let t = 0; t < time; t += 1) {
      const before = steps.at(-1);
      const program = forwardProgram(cell, batch, units, { ...inputs, before });
      steps.push(draw(backend, program, { ...inputs, before }, t));
    }
    const rows = join(backend, steps);
    if (cell.row.length === 1) return [rows];
    return [columns(backend, rows, (cell.row.length - 1) * units, units), rows];
  });
}

function backward(cell: Cell, params: Params): TensorInfo[] {
  const { batch, time, units, states, inside = states, ...given } = readBackward(params);
  const backend = params.backend as MathBackendWebGL;
  const { gates, biasRows, backwardRow } = cell;
  return withUnpacked(backend, { ...given, inside, cells: given.cell }, (inputs) => {
    const steps: TensorInfo[] = [];
    for (let t = time - 1; t >= 0; t -= 1) {
      const after = steps[0];
      const program = backwardProgram(cell, batch, units, { ...inputs, after });
      steps.unshift(draw(backend, program, { ...inputs, after }, t));
    }
    const rows = join(backend, steps);
    const size = { batch, time, units };
    const dRecurrent = draw(backend, weightsProgram(cell, size, 'recurrent', inputs), { ...inputs, gradients: rows });
    const dBias = draw(backend, weightsProgram(cell, size, 'bias', inputs), { ...inputs, gradients: rows });
    const bias = { ...dBias, shape: biasRows === 1 ? [gates * units] : [2, gates * units] };
    if (backwardRow.length === gates) return [rows, dRecurrent, bias];
    const dProjected = columns(backend, rows, 0, gates * units);
    backend.disposeIntermediateTensorInfo(rows);
    return [dProjected, dRecurrent, bias];
  });
}

/** @param t what the program is told of the time. */
function draw(backend: MathBackendWebGL, program: GPGPUProgram, inputs: Inputs, t?: number): TensorInfo {
  const bound = program.variableNames.map((name) => inputs[name] as TensorInfo);
  return backend.runWebGLProgram(program, bound, 'float32', t === undefined ? undefined : [[t]]);
}

/** Steps `[batch, 1, width]` to `[batch, time, width]`; they are gone afterwards. */
function join(backend: MathBackendWebGL, steps: TensorInfo[]): TensorInfo {
  const most = env().getNumber('WEBGL_MAX_TEXTURES_IN_SHADER');
  let parts = steps;
  while (parts.length > 1) {
    const joined: TensorInfo[] = [];
    for (let first = 0; first < parts.length; first += most) {
      const group = parts.slice(first, first + most);
      const [batch = 0, , width = 0] = group[0]?.shape ?? [];
      const stretches = group.map(({ shape }) => shape[1] ?? 0);
      const inputs = Object.fromEntries(group.map((part, place) => [`part${place}`, part]));
      joined.push(draw(backend, joinProgram(stretches, batch, width), inputs));
    }
    for (const part of parts) backend.disposeIntermediateTensorInfo(part);
    parts = joined;
  }
  return parts[0] as TensorInfo;
}

function columns(backend: MathBackendWebGL, x: TensorInfo, first: number, width: number): TensorInfo {
  return draw(backend, columnsProgram(x.shape, first, width), { x });
}

/** Calls `compute` with inputs that hold one number a texel, as our programs read them. */
function withUnpacked<T>(backend: MathBackendWebGL, inputs: Inputs, compute: (inputs: Inputs) => T): T {
  const temporary: TensorInfo[] = [];
  const unpacked = Object.entries(inputs).map(([name, tensor]) => {
    if (tensor === undefined || backend.texData.get(tensor.dataId).isPacked !== true) return [name, tensor] as const;
    const made = backend.unpackTensor(tensor);
    temporary.push(made);
    return [name, made] as const;
  });
  const result = compute(Object.fromEntries(unpacked.filter(([, tensor]) => tensor !== undefined)));
  for (const tensor of temporary) backend.disposeIntermediateTensorInfo(tensor);
  return result;
}
