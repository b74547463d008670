import { getKernel } from '@tensorflow/tfjs-core';
import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { copyNumbers } from './bufferCopies.ts';
import type { Cell } from './cells.ts';
import { backwardProgram, forwardProgram, weightsProgram } from './sequencePrograms.ts';
import { readBackward, readForward } from './sequences.ts';

type Params = Parameters<KernelFunc>[0];

/**
 * A recurrent layer over a whole sequence on WebGPU: one dispatch each way whatever the number of time steps, and one for
 * the gradients by its weights.
 */
export function webgpuSequence(name: string, cellOf: (params: Params) => Cell): readonly KernelConfig[] {
  return [
    { kernelName: `${name}Sequence`, backendName: 'webgpu', kernelFunc: (params) => forward(cellOf(params), params) },
    {
      kernelName: `${name}SequenceGrad`,
      backendName: 'webgpu',
      kernelFunc: (params) => backward(cellOf(params), params),
    },
  ];
}

function forward(cell: Cell, params: Params): TensorInfo[] {
  const { batch, time, units, hidden, cell: cells, ...inputs } = readForward(params);
  const backend = params.backend as WebGPUBackend;
  const shape = [batch, time, cell.row.length * units];
  const program = forwardProgram(cell, units, shape, { hidden: hidden !== undefined, cell: cells !== undefined });
  const rows = run(backend, program, { ...inputs, hidden, cells });
  return cell.row.length === 1 ? [rows] : [columns(backend, rows, cell.row.length - 1, units), rows];
}

function backward(cell: Cell, params: Params): TensorInfo[] {
  const { batch, time, units, recurrent, states, inside = states, dy, hidden, cell: cells } = readBackward(params);
  const backend = params.backend as WebGPUBackend;
  const { gates, biasRows, backwardRow } = cell;
  const given = { hidden: hidden !== undefined, cell: cells !== undefined };
  const inputs = { recurrent, inside, dy, hidden, cells };
  const shape = [batch, time, backwardRow.length * units];
  const gradients = run(backend, backwardProgram(cell, units, shape, given), inputs);
  const sums = run(backend, weightsProgram(cell, units, given.hidden), { ...inputs, gradients });
  const dRecurrent = backend.makeTensorInfo(recurrent.shape, 'float32');
  const dBias = backend.makeTensorInfo(biasRows === 1 ? [gates * units] : [2, gates * units], 'float32');
  copyNumbers(backend, [
    { from: sums, at: 0, to: dRecurrent, place: 0 },
    { from: sums, at: units * gates * units, to: dBias, place: 0 },
  ]);
  backend.disposeData(sums.dataId);
  if (backwardRow.length === gates) return [gradients, dRecurrent, dBias];
  const dProjected = columns(backend, gradients, 0, gates * units);
  backend.disposeData(gradients.dataId);
  return [dProjected, dRecurrent, dBias];
}

function run(
  backend: WebGPUBackend,
  program: WebGPUProgram,
  inputs: Readonly<Record<string, TensorInfo | undefined>>,
): TensorInfo {
  const bound = program.variableNames.map((name) => inputs[name] as TensorInfo);
  return backend.runWebGPUProgram(program, bound, 'float32');
}

/** Those from `first` times `width` on, `width` of them. */
function columns(backend: WebGPUBackend, x: TensorInfo, first: number, width: number): TensorInfo {
  const attrs = { begin: [0, 0, first * width], size: [...x.shape.slice(0, 2), width] };
  return getKernel('Slice', 'webgpu').kernelFunc({ inputs: { x }, attrs, backend }) as TensorInfo;
}
