import type { NamedArray, NamedArrays } from './journal.ts';

/**
 * Tensors as one file, gzip inside: the length of a JSON header as uint32 (little-endian), the header, then the
 * numbers. The header holds name, shape, type and offset of each.
 */
interface Entry {
  name: string;
  shape: readonly number[];
  type: 'float32' | 'uint8';
  /** From the end of the header, in bytes; a multiple of 4. */
  offset: number;
}

export async function encodeTensors(tensors: NamedArrays): Promise<Uint8Array<ArrayBuffer>> {
  let offset = 0;
  const entries = Object.entries(tensors).map(([name, { shape, values }]): Entry => {
    const entry: Entry = { name, shape, type: values instanceof Float32Array ? 'float32' : 'uint8', offset };
    offset += Math.ceil(values.byteLength / 4) * 4;
    return entry;
  });
  const header = new TextEncoder().encode(JSON.stringify(entries));
  const file = new Uint8Array(4 + header.length + offset);
  new DataView(file.buffer).setUint32(0, header.length, true);
  file.set(header, 4);
  Object.values(tensors).forEach(({ values }, at) => {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    file.set(bytes, 4 + header.length + (entries[at]?.offset ?? 0));
  });
  return pipe(file, new CompressionStream('gzip'));
}

/** @throws Error if the file is not one that `encodeTensors` made. */
export async function decodeTensors(file: ArrayBuffer): Promise<NamedArrays> {
  const bytes = await pipe(new Uint8Array(file), new DecompressionStream('gzip'));
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const start = 4 + length;
  if (start > bytes.length) throw new Error('The file of tensors is cut short.');
  const entries = JSON.parse(new TextDecoder().decode(bytes.subarray(4, start))) as Entry[];
  return Object.fromEntries(
    entries.map(({ name, shape, type, offset }): [string, NamedArray] => {
      const count = shape.reduce((product, along) => product * along, 1);
      const own = bytes.slice(start + offset, start + offset + count * (type === 'float32' ? 4 : 1));
      return [name, { shape, values: type === 'float32' ? new Float32Array(own.buffer) : own }];
    }),
  );
}

async function pipe(bytes: Uint8Array<ArrayBuffer>, through: GenericTransformStream): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(through);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
