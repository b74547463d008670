import type { BackendName, RefusalCode } from '#src/training/protocol.ts';

/** Why a backend does not run. */
export interface Refusal {
  name: BackendName;
  why: RefusalCode;
  detail?: string;
}

/** What is known of a backend before its code is loaded: that it cannot run, or whether its GPU is one. */
export type Probe = { why: RefusalCode; detail?: string } | { software: boolean };

const probes: Readonly<Record<BackendName, () => Probe | Promise<Probe>>> = {
  webgpu: probeWebGPU,
  webgl: probeWebGL,
  wasm: () => (typeof WebAssembly === 'undefined' ? { why: 'no-api' } : { software: false }),
  cpu: () => ({ software: false }),
};

/** Asks the browser, without loading any of tfjs. */
export async function probe(name: BackendName): Promise<Probe> {
  return probes[name]();
}

/** Names under which browsers show a GPU that is a program. */
const softwareNames = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

async function probeWebGPU(): Promise<Probe> {
  // Node 20 has no navigator; tfjs's own backend throws if there is no adapter.
  const gpu = (globalThis as { navigator?: { gpu?: GPU } }).navigator?.gpu;
  if (gpu === undefined) return { why: 'no-api' };
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (adapter === null) return { why: 'no-adapter' };
    const { isFallbackAdapter, vendor, architecture, device, description } = adapter.info;
    const isProgram = softwareNames.test([vendor, architecture, device, description].join(' '));
    return { software: isFallbackAdapter || isProgram || vendor === 'google' };
  } catch (error) {
    return { why: 'no-adapter', detail: messageOf(error) };
  }
}

function probeWebGL(): Probe {
  if (typeof OffscreenCanvas === 'undefined') return { why: 'no-api' };
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (gl === null) return { why: 'no-adapter' };
  const renderer = gl.getExtension('WEBGL_debug_renderer_info')?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER;
  const software = softwareNames.test(String(gl.getParameter(renderer)));
  // Browsers keep only a few contexts.
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return { software };
}

export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : String(error);
}
