/** The same layers in jax-js, another library, with derivatives of its own. */
import { defaultDevice, grad, init, nn, numpy as np } from '@jax-js/jax';
import type { Given, Layer, Sequence } from './recurrentReference.ts';
import { gatesOf, shapesOf } from './recurrentReference.ts';

/** Its arrays count their uses: `ref` says that this is not the last one. */
type NdArray = np.Array;
type Weights = Record<'x' | 'kernel' | 'recurrent' | 'bias', NdArray>;

const names = ['x', 'kernel', 'recurrent', 'bias'] as const;

/** The gradients of the states times `upstream`. */
export async function jaxGradients(
  layer: Layer,
  size: Sequence,
  given: Given,
  upstream: Float64Array,
): Promise<Record<keyof Weights, number[]>> {
  await init('wasm');
  defaultDevice('wasm');
  const shapes = shapesOf(layer, size);
  const array = (values: Float64Array, shape: number[]) => np.array(Float32Array.from(values), { shape });
  const weight = array(upstream, [size.batch, size.time, size.units]);
  const loss = (x: NdArray, kernel: NdArray, recurrent: NdArray, bias: NdArray) =>
    states(layer, size, { x, kernel, recurrent, bias }).mul(weight.ref).sum();
  const [x, kernel, recurrent, bias] = grad(loss, { argnums: [0, 1, 2, 3] })(
    ...(names.map((name) => array(given[name], shapes[name])) as [NdArray, NdArray, NdArray, NdArray]),
  );
  const found = await Promise.all(
    [x, kernel, recurrent, bias].map((gradient: NdArray) => gradient.data() as Promise<Float32Array>),
  );
  return Object.fromEntries(names.map((name, place) => [name, [...(found[place] ?? [])]])) as Record<
    keyof Weights,
    number[]
  >;
}

function states(layer: Layer, { batch, time, units }: Sequence, weights: Weights): NdArray {
  const { x, kernel, recurrent, bias } = weights;
  const gate = (z: NdArray, place: number) => z.ref.slice([], [place * units, (place + 1) * units]);
  let h = np.zeros([batch, units]);
  let c = np.zeros([batch, units]);
  const steps: NdArray[] = [];
  for (let t = 0; t < time; t += 1) {
    const seen = np.dot(x.ref.slice([], t, []), kernel.ref);
    const recalled = np.dot(h.ref, recurrent.ref);
    if (layer === 'gru') {
      const inner = seen.add(bias.ref.slice(0, []));
      const outer = recalled.add(bias.ref.slice(1, []));
      const z = nn.sigmoid(gate(inner, 0).add(gate(outer, 0)));
      const r = nn.sigmoid(gate(inner, 1).add(gate(outer, 1)));
      const k = np.tanh(gate(inner, 2).add(r.mul(gate(outer, 2))));
      h = z.ref.mul(h).add(np.onesLike(z.ref).sub(z).mul(k));
    } else {
      const sum = seen.add(recalled).add(bias.ref);
      if (gatesOf(layer) === 4) {
        const [i, f, o] = [0, 1, 3].map((place) => nn.sigmoid(gate(sum, place))) as [NdArray, NdArray, NdArray];
        c = f.mul(c).add(i.mul(np.tanh(gate(sum, 2))));
        h = o.mul(np.tanh(c.ref));
      } else {
        h = layer === 'relu' ? nn.relu(sum) : layer === 'tanh' ? np.tanh(sum) : nn.sigmoid(sum);
      }
    }
    steps.push(h.ref);
  }
  return np.stack(steps, 1);
}
