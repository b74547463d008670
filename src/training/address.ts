import type { BackendChoice } from './protocol.ts';
import { allowedValues, nearestValue, type PlaygroundSpec, type Value, type Values } from './spec.ts';

/** What an address asks of a playground. */
export interface AddressSettings {
  values: Values;
  seed?: number;
  backend?: BackendChoice;
  /** Each thing asked that could not be had, with what is used instead. */
  complaints: readonly Complaint[];
}

export interface Complaint {
  /** `backend`, `seed` or a hyperparameter. */
  name: string;
  asked: string;
  used: Value;
}

export const backendChoices: readonly BackendChoice[] = ['auto', 'webgpu', 'webgl', 'wasm', 'cpu'];
export const MAX_SEED = 0xffffffff;

const SHOWN = 32; // characters of what was asked; an address may be 100 kB long

/**
 * Reads `?backend=`, `?seed=` and `?<hyperparameter>=`; takes the nearest sensible value and says where it did.
 *
 * @param start values where the address asks for none, instead of the defaults.
 */
export function readAddress(search: string, spec: PlaygroundSpec, start: Values = {}): AddressSettings {
  const parameters = new URLSearchParams(search);
  const complaints: Complaint[] = [];
  const values: Record<string, Value> = {};
  const settings: { seed?: number; backend?: BackendChoice } = {};

  function note(name: string, asked: string, used: Value) {
    if (String(used) === asked || (typeof used === 'number' && asked.trim() !== '' && Number(asked) === used)) return;
    complaints.push({ name, asked: asked.length > SHOWN ? `${asked.slice(0, SHOWN)}…` : asked, used });
  }

  for (const [name, hyperparameter] of Object.entries(spec.hyperparameters)) {
    const asked = parameters.getAll(name).join(',');
    if (!parameters.has(name)) continue;
    const used = nearestValue(hyperparameter, asked);
    values[name] = used;
    note(name, asked, used);
  }
  const seed = parameters.getAll('seed').join(',');
  if (parameters.has('seed')) {
    settings.seed = nearestSeed(seed);
    note('seed', seed, settings.seed);
  }
  const backend = parameters.getAll('backend').join(',');
  if (parameters.has('backend')) {
    settings.backend = backendChoices.find((choice) => choice === backend.toLowerCase()) ?? 'auto';
    note('backend', backend, settings.backend);
  }
  return { values: allowedValues(spec.hyperparameters, { ...start, ...values }), ...settings, complaints };
}

export const DEFAULT_SEED = 7;

/** The whole number from 0 to 2^32 - 1 nearest to what was asked. */
function nearestSeed(asked: string): number {
  const number = asked.trim() === '' ? Number.NaN : Number(asked);
  return Number.isNaN(number) ? DEFAULT_SEED : Math.min(MAX_SEED, Math.max(0, Math.round(number)));
}
