import type { Tensor } from '@tensorflow/tfjs-core';
import { NotRecordable, type Program, type StepInterface } from '#src/engine/program/program.ts';
import { takeBuffers, type Buffers } from './buffers.ts';
import { bufferOf, bytesOf, emptyPool, makeTensor, openDevice, openEncoder, submit, type Device } from './device.ts';
import { stageFeeds } from './feeds.ts';
import { planStep, type Plan } from './passes.ts';
import type { Command, KernelCall, WebgpuRecording } from './recorder.ts';
import { describe } from './report.ts';
import { createTimer, type Timer } from './timer.ts';
import { bindAll, release, takeOver, type Bound } from './variables.ts';

/** So many commands are sent off together, or those of one step if it has more: a GPU should not wait for the next. */
const COMMANDS_A_SUBMIT = 256;
const MOST_STEPS_A_SUBMIT = 16;

/** What is told to a GPU's encoder. */
type Instruction =
  | { pipeline: GPUComputePipeline; group: GPUBindGroup; workgroups: readonly [number, number, number] }
  | { from: GPUBuffer; at: number; to: GPUBuffer; place: number; bytes: number };

/** Makes a recorded step a list of instructions on buffers of its own. */
export function compile(recording: WebgpuRecording, step: StepInterface): Program {
  const backend = openDevice();
  const plan = planStep(recording, step);
  if (variablesExchange(step)) throw new NotRecordable('error', 'Variables take over the values of others.');
  emptyPool(backend);
  const bound = bindAll(step, backend);
  let buffers: Buffers;
  try {
    buffers = takeBuffers(recording, plan, step, bound, backend);
  } catch (error) {
    release(bound);
    throw error;
  }
  const instruct = (command: Command) => instructionOf(command, buffers, recording.sizes, backend);
  encode(openEncoder(backend), plan.once.map(instruct));
  const instructions = [...plan.always.map(instruct), ...nextValues(bound, buffers)];
  return createProgram({ backend, recording, plan, step, bound, buffers, instructions });
}

interface Compiled {
  backend: Device;
  recording: WebgpuRecording;
  plan: Plan;
  step: StepInterface;
  bound: readonly Bound[];
  buffers: Buffers;
  instructions: readonly Instruction[];
}

function createProgram(compiled: Compiled): Program {
  const { backend, recording, plan, step, bound, buffers, instructions } = compiled;
  const commands = instructions.length + step.feeds.length + step.outputs.length;
  const stepsASubmit = Math.min(MOST_STEPS_A_SUBMIT, Math.max(1, Math.floor(COMMANDS_A_SUBMIT / commands)));
  const feeds = stageFeeds(step.feeds, buffers, backend, stepsASubmit);
  let pending: { index: number; tensor: Tensor }[] = [];
  const timer = createTimer(backend, plan.always.filter(isDispatch).length);
  let waiting = 0;

  function runWith(clock: Timer | undefined) {
    takeOver(bound, backend);
    const encoder = openEncoder(backend);
    feeds.send(encoder);
    encode(encoder, instructions, clock);
    for (const { index, tensor } of pending) {
      const { dataId } = step.outputs[index] as Tensor;
      const buffer = bufferOf(backend, tensor.dataId);
      encoder.copyBufferToBuffer(buffers.of(dataId), 0, buffer, 0, bytesOf(tensor.shape));
      backend.commandQueueOwnedIds.add(tensor.dataId);
    }
    pending = [];
    waiting += 1;
    if (waiting < stepsASubmit && clock === undefined) return;
    submit(backend);
    clock?.read();
    waiting = 0;
  }

  return {
    feed: feeds.set,
    makeOutput(index) {
      const tensor = makeTensor(backend, step.outputs[index] as Tensor);
      pending.push({ index, tensor });
      return tensor;
    },
    run: () => runWith(undefined),
    runTimed: () => runWith(timer?.isBusy() === true ? undefined : timer),
    abandon() {
      const encoder = openEncoder(backend);
      for (const { tensor } of pending) encoder.clearBuffer(bufferOf(backend, tensor.dataId));
      pending = [];
    },
    report() {
      const shaders = plan.always.filter(isDispatch);
      const microseconds = new Map<KernelCall, number>();
      shaders.forEach(({ call }, index) => {
        microseconds.set(call, (microseconds.get(call) ?? 0) + (timer?.microseconds(index) ?? 0));
      });
      return describe(recording, plan, buffers, microseconds);
    },
    dispose() {
      submit(backend);
      feeds.dispose();
      timer?.dispose();
      buffers.dispose();
      release(bound);
    },
  };
}

function isDispatch({ of }: Command): boolean {
  return of === 'dispatch';
}

function instructionOf(
  command: Command,
  buffers: Buffers,
  sizes: ReadonlyMap<object, number>,
  { device }: Device,
): Instruction {
  const to = buffers.of(command.writes);
  if (command.of === 'copy') {
    const [from] = command.reads;
    return { from: buffers.of(from), at: command.from, to, place: command.to, bytes: command.bytes };
  }
  const { pipeline, workgroups, reads, writes, uniforms } = command;
  const resources = [writes, ...reads].map((id) => ({ buffer: buffers.of(id), size: sizes.get(id) ?? 0 }));
  const given = { buffer: buffers.uniforms.buffer, offset: buffers.uniforms.offsetOf(command), size: uniforms.length };
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [...resources, given].map((resource, binding) => ({ binding, resource })),
  });
  return { pipeline, group, workgroups };
}

/** With a timer, each shader has a pass of its own. */
function encode(encoder: GPUCommandEncoder, instructions: readonly Instruction[], timer?: Timer): void {
  let pass: GPUComputePassEncoder | undefined;
  let shaders = 0;
  const end = () => {
    pass?.end();
    pass = undefined;
  };
  for (const instruction of instructions) {
    if ('group' in instruction) {
      pass ??= encoder.beginComputePass(timer?.pass(shaders));
      pass.setPipeline(instruction.pipeline);
      pass.setBindGroup(0, instruction.group);
      pass.dispatchWorkgroups(...instruction.workgroups);
      shaders += 1;
      if (timer !== undefined) end();
    } else {
      end();
      const { from, at, to, place, bytes } = instruction;
      encoder.copyBufferToBuffer(from, at, to, place, bytes);
    }
  }
  end();
  timer?.resolve(encoder);
}

/** Whether a variable's next value is what another one held before. */
function variablesExchange({ variables }: StepInterface): boolean {
  return variables.some(({ before, after }) => after !== before && variables.some((other) => other.before === after));
}

/** At the end the variables' new values take the place of the old ones, where they were not computed there. */
function nextValues(bound: readonly Bound[], { of }: Buffers): Instruction[] {
  return bound
    .filter(({ before, after }) => of(after) !== of(before))
    .map(({ before, after, tensor }) => ({
      from: of(after),
      at: 0,
      to: of(before),
      place: 0,
      bytes: bytesOf(tensor.shape),
    }));
}
