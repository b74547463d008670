import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import relaxed from './built/kernels-relaxed.wasm?url';
import simd from './built/kernels-simd.wasm?url';
import type { OwnKernel } from './built/names.ts';

export type { OwnKernel };

/** Memory that an own kernel needs during one call; what it holds before and after means nothing. */
export interface Scratch {
  readonly scratchBytes: number;
}

/** What a call hands an own kernel: a number as it is, a tensor's or scratch memory's address, 0 for null. */
export type OwnArgument = number | TensorInfo | Scratch | null;

/** A call of an own kernel, before addresses take the place of tensors. */
export interface OwnCall {
  readonly name: OwnKernel;
  readonly arguments: readonly OwnArgument[];
}

type OwnFunction = (...args: number[]) => void;

interface Heap {
  backend: { dataIdMap: { get(dataId: object): { memoryOffset: number } } };
  memory: WebAssembly.Memory;
  functions: Readonly<Record<OwnKernel, OwnFunction>>;
  allocate(bytes: number): number;
  free(address: number): void;
}

/** What of tfjs's backend is not public. */
interface Internals {
  dataIdMap: Heap['backend']['dataIdMap'];
  wasm: {
    asm?: { memory?: unknown };
    wasmMemory?: unknown;
    _malloc(bytes: number): number;
    _free(address: number): void;
  };
}

let compiled: Promise<WebAssembly.Module | undefined> | undefined;
let heap: Heap | undefined;
let scratchMemory = { address: 0, bytes: 0 };
let listener: ((call: OwnCall) => void) | undefined;

/**
 * Puts our module on the heap of a WASM backend that has just started. Where the machine has no SIMD, nothing happens,
 * and `hasOwnKernels` stays false.
 *
 * @throws Error if the module cannot be loaded or tfjs's memory cannot be reached.
 */
export async function placeOwnKernels(backend: BackendWasm): Promise<void> {
  heap = undefined;
  scratchMemory = { address: 0, bytes: 0 };
  compiled ??= compile();
  const module = await compiled;
  if (module === undefined) return;
  const internals = backend as unknown as Internals;
  const { asm, wasmMemory, _malloc, _free } = internals.wasm;
  const memory = asm?.memory ?? wasmMemory;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('The memory of tfjs is out of reach.');
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const functions = exports as unknown as Heap['functions'];
  const { workspaceBytes } = exports as unknown as { workspaceBytes(): number };
  heap = { backend: internals, memory, functions, allocate: (bytes) => _malloc(bytes) >>> 0, free: _free };
  functions.setWorkspace(heap.allocate(workspaceBytes()));
}

/** Whether `runOwn` can be called. */
export function hasOwnKernels(): boolean {
  return heap !== undefined;
}

/** Memory of at least `bytes` bytes for one call. Each mention in a call is memory of its own. */
export function scratch(bytes: number): Scratch {
  return { scratchBytes: bytes };
}

/** Calls a kernel of our module. Outputs are among the arguments, made by the backend's `makeOutput` before. */
export function runOwn(name: OwnKernel, ...args: OwnArgument[]): void {
  listener?.({ name, arguments: args });
  ownFunction(name)(...addresses(args));
}

/** What a tensor of int32 holds, until the heap grows: for checks, which programs leave out. */
export function integersOf(tensor: TensorInfo): Int32Array {
  if (heap === undefined) throw new Error('No heap has the tensor.');
  return new Int32Array(heap.memory.buffer, addressOf(tensor), util.sizeFromShape(tensor.shape));
}

/** Calls `listen` before every own call, until something else is set: the recorder of programs listens here. */
export function onOwnCall(listen: ((call: OwnCall) => void) | undefined): void {
  listener = listen;
}

/** The kernel itself, which takes addresses: for programs, which have found them out. */
export function ownFunction(name: OwnKernel): OwnFunction {
  if (heap === undefined) throw new Error(`No heap has the kernel ${name}.`);
  return heap.functions[name];
}

function addresses(args: readonly OwnArgument[]): number[] {
  let bytes = 0;
  for (const argument of args) if (isScratch(argument)) bytes += aligned(argument.scratchBytes);
  let free = scratchAddress(bytes);
  return args.map((argument) => {
    if (typeof argument === 'number') return argument;
    if (argument === null) return 0;
    if (!isScratch(argument)) return addressOf(argument);
    const address = free;
    free += aligned(argument.scratchBytes);
    return address;
  });
}

function addressOf({ dataId }: TensorInfo): number {
  return heap?.backend.dataIdMap.get(dataId).memoryOffset ?? 0;
}

function isScratch(argument: OwnArgument): argument is Scratch {
  return typeof argument === 'object' && (argument as Scratch | null)?.scratchBytes !== undefined;
}

/** Grows the one area that all calls share; no call needs another's. */
function scratchAddress(bytes: number): number {
  if (heap !== undefined && bytes > scratchMemory.bytes) {
    heap.free(scratchMemory.address);
    scratchMemory = { address: heap.allocate(bytes), bytes };
  }
  return scratchMemory.address;
}

/** Rounded up to whole vectors. */
function aligned(bytes: number): number {
  return (bytes + 15) & ~15;
}

async function compile(): Promise<WebAssembly.Module | undefined> {
  for (const [file, url] of [
    ['kernels-relaxed.wasm', relaxed],
    ['kernels-simd.wasm', simd],
  ] as const) {
    const bytes = await read(file, url);
    if (WebAssembly.validate(bytes)) return WebAssembly.compile(bytes);
  }
  return undefined;
}

/** From beside the worker, in Node from the sources. */
async function read(file: string, url: string): Promise<BufferSource> {
  const here = (globalThis as { location?: Location }).location;
  if (here !== undefined) {
    const response = await fetch(new URL(url, here.href));
    if (!response.ok) throw new Error(`${file}: ${response.status}`);
    return response.arrayBuffer();
  }
  const { createRequire } = process.getBuiltinModule('node:module');
  const { readFile } = process.getBuiltinModule('node:fs/promises');
  return readFile(createRequire(import.meta.url).resolve(`#src/engine/kernels/built/${file}`));
}
