import type { OwnArgument } from '#src/engine/kernels/heap.ts';
import { binaryOperation, comparison, unaryOperation } from '#src/engine/kernels/operations.ts';
import { isTensor, mergeInto, replace, usesIn, type OwnCall, type Uses } from './ownCalls.ts';
import type { Plan, Planned } from './passes.ts';

/** The number that a tensor holds at every step, if it is a single one. */
export type ConstantOf = (argument: OwnArgument | undefined) => number | undefined;

/** Where a kernel that can add a bias and apply a function at its end takes them. */
const endings = {
  convolve: { bias: 15, activation: 16, alpha: 17, out: 18, columns: 12 },
  multiplyBatch: { bias: 12, activation: 13, alpha: 14, out: 15, columns: 2 },
} as const;

const activations: readonly number[] = [
  unaryOperation.relu,
  unaryOperation.sigmoid,
  unaryOperation.tanh,
  unaryOperation.leakyRelu,
];

/**
 * Calls that follow each other become one where an own kernel does both, with the same roundings: a product with its
 * bias and activation, and the gradient of an activation.
 */
export function fuseCalls(plan: Plan, constantOf: ConstantOf): void {
  const uses = usesIn(plan);
  for (const call of plan.calls) fuseGradient(call, uses, constantOf);
  for (const call of plan.calls) {
    fuseBias(call, plan, uses);
    fuseActivation(call, uses);
  }
}

/** An element-wise call of two tensors of one shape, or of a tensor and a single number. */
function binaryOf(own: OwnCall | undefined, operation: number) {
  if (own?.name !== 'binary' || own.args[0] !== operation) return undefined;
  const [, rows, columns, a, aRow, aColumn, b, bRow, bColumn] = own.args;
  const isWhole = (row: unknown, column: unknown) => column === 1 && (rows === 1 || row === columns);
  const isSingle = (row: unknown, column: unknown) => column === 0 && (rows === 1 || row === 0);
  return {
    count: Number(rows) * Number(columns),
    a,
    b,
    areWhole: isWhole(aRow, aColumn) && isWhole(bRow, bColumn),
    isNumberFirst: isSingle(aRow, aColumn) && isWhole(bRow, bColumn),
    isNumberSecond: isWhole(aRow, aColumn) && isSingle(bRow, bColumn),
  };
}

function unaryOf(own: OwnCall | undefined, operation?: number) {
  if (own?.name !== 'unary' || (operation !== undefined && own.args[0] !== operation)) return undefined;
  const [kind, , x, alpha] = own.args;
  return { kind: Number(kind), x, alpha: Number(alpha) };
}

function fuseGradient(call: Planned, uses: Uses, constantOf: ConstantOf): void {
  const own = uses.own(call);
  if (own === undefined) return;
  const found = own.name === 'select' ? leakyGradient(own, uses, constantOf) : productGradient(own, uses, constantOf);
  if (found === undefined) return;
  const { activation, count, y, gradient, alpha, parts } = found;
  const [out] = call.outputs;
  replace(call, 'activationGradient', [activation, count, y, gradient, alpha, out ?? null]);
  for (const part of parts) mergeInto(part, call);
}

interface Gradient {
  activation: number;
  count: number;
  y: OwnArgument;
  gradient: OwnArgument;
  alpha: number;
  parts: Planned[];
}

/** `dy * step(x)` of a ReLU, `(1 - y²) * dy` of a hyperbolic tangent, `dy * (y * (1 - y))` of a sigmoid. */
function productGradient(own: OwnCall, uses: Uses, constantOf: ConstantOf): Gradient | undefined {
  const product = binaryOf(own, binaryOperation.mul);
  if (product?.areWhole !== true) return undefined;
  for (const [part, gradient] of [
    [product.a, product.b],
    [product.b, product.a],
  ]) {
    const maker = uses.makerOf(part);
    if (maker === undefined || !isTensor(gradient) || !uses.isOnlyReader(own.call, part)) continue;
    const of = { count: product.count, gradient, alpha: 0 };
    const step = unaryOf(maker, unaryOperation.step);
    if (step?.alpha === 0 && isTensor(step.x)) {
      return { ...of, activation: unaryOperation.relu, y: step.x, parts: [maker.call] };
    }
    const inner = slopeFromValue(maker, uses, constantOf);
    if (inner !== undefined) return { ...of, ...inner };
  }
  return undefined;
}

/** `1 - y²` or `y * (1 - y)`. */
function slopeFromValue(maker: OwnCall, uses: Uses, constantOf: ConstantOf) {
  const difference = binaryOf(maker, binaryOperation.sub);
  if (difference?.isNumberFirst === true && constantOf(difference.a) === 1) {
    const squared = uses.makerOf(difference.b);
    const square = unaryOf(squared, unaryOperation.square);
    if (squared === undefined || !isTensor(square?.x) || !uses.isOnlyReader(maker.call, difference.b)) return undefined;
    return { activation: unaryOperation.tanh, y: square.x, parts: [squared.call, maker.call] };
  }
  const product = binaryOf(maker, binaryOperation.mul);
  if (product?.areWhole !== true || !isTensor(product.a)) return undefined;
  const complement = uses.makerOf(product.b);
  const rest = binaryOf(complement, binaryOperation.sub);
  if (complement === undefined || rest?.isNumberFirst !== true || constantOf(rest.a) !== 1) return undefined;
  if (!uses.isSame(rest.b, product.a) || !uses.isOnlyReader(maker.call, product.b)) return undefined;
  return { activation: unaryOperation.sigmoid, y: product.a, parts: [complement.call, maker.call] };
}

/** `x > 0 ? dy : alpha * dy` */
function leakyGradient({ call, args }: OwnCall, uses: Uses, constantOf: ConstantOf): Gradient | undefined {
  const [count, condition, gradient, scaled] = args;
  const greater = uses.makerOf(condition);
  const scaling = uses.makerOf(scaled);
  const product = binaryOf(scaling, binaryOperation.mul);
  if (greater?.name !== 'compare' || scaling === undefined || product?.isNumberSecond !== true) return undefined;
  const [kind, , , x, , , zero, zeroRow, zeroColumn] = greater.args;
  const isAboveZero =
    kind === comparison.greater &&
    constantOf(zero) === 0 &&
    zeroColumn === 0 &&
    (zeroRow === 0 || greater.args[1] === 1);
  const alpha = constantOf(product.b);
  if (!isAboveZero || alpha === undefined || !isTensor(x) || !isTensor(gradient)) return undefined;
  if (!uses.isSame(product.a, gradient)) return undefined;
  if (!uses.isOnlyReader(call, condition) || !uses.isOnlyReader(call, scaled)) return undefined;
  const parts = [greater.call, scaling.call];
  return { activation: unaryOperation.leakyRelu, count: Number(count), y: x, gradient, alpha, parts };
}

/** What a product gives is only read by the sum with a bias: the product adds it. */
function fuseBias(call: Planned, { calls, root }: Plan, uses: Uses): void {
  const own = uses.own(call);
  if (own === undefined || !(own.name in endings)) return;
  const at = endings[own.name as keyof typeof endings];
  if (own.args[at.bias] !== null || own.args[at.activation] !== 0) return;
  const product = own.args[at.out];
  if (!isTensor(product)) return;
  const [reader] = uses.readersOf(product.dataId);

  const sum = uses.own(reader);
  if (sum?.name !== 'binary' || sum.args[0] !== binaryOperation.add || !uses.isOnlyReader(sum.call, product)) return;
  const [, rows, columns, a, aRow, aColumn, b, bRow, bColumn, out] = sum.args;
  const [bias, row, column, otherRow, otherColumn] = uses.isSame(a, product)
    ? [b, bRow, bColumn, aRow, aColumn]
    : [a, aRow, aColumn, bRow, bColumn];
  const isBias = columns === own.args[at.columns] && column === 1 && (row === 0 || rows === 1);
  const isWhole = otherColumn === 1 && (rows === 1 || otherRow === columns);
  if (!isTensor(bias) || !isBias || !isWhole || uses.isSame(bias, product)) return;
  const maker = calls.find(
    ({ becomes, outputs }) => becomes === 'called' && outputs.some(({ dataId }) => root(dataId) === root(bias.dataId)),
  );
  if (maker !== undefined && maker.place > call.place) return;
  replace(call, own.name, changing(own.args, { [at.bias]: bias, [at.out]: out ?? null }), sum.call.outputs);
  mergeInto(sum.call, call);
}

/** What a product gives is only read by an activation, and by its gradient, which takes the activation's value as well. */
function fuseActivation(call: Planned, uses: Uses): void {
  const own = uses.own(call);
  if (own === undefined || !(own.name in endings)) return;
  const at = endings[own.name as keyof typeof endings];
  const product = own.args[at.out];
  if (own.args[at.activation] !== 0 || !isTensor(product)) return;
  const readers = uses.readersOf(product.dataId).map((reader) => uses.own(reader));
  const activation = readers.find((reader) => activations.includes(unaryOf(reader)?.kind ?? 0));
  const applied = unaryOf(activation);
  if (activation === undefined || applied === undefined) return;
  const gradients = readers.filter((reader) => reader !== activation);
  const value = activation.call.outputs[0];
  const takesValue = (reader: OwnCall | undefined) =>
    reader?.name === 'activationGradient' &&
    reader.args[0] === applied.kind &&
    !uses.isSame(reader.args[3], product) &&
    (applied.kind === unaryOperation.relu || (applied.kind === unaryOperation.leakyRelu && applied.alpha > 0));
  if (value === undefined || !gradients.every(takesValue)) return;
  for (const reader of gradients) {
    if (reader) replace(reader.call, reader.name, changing(reader.args, { 2: value }));
  }
  if (!uses.isOnlyReader(activation.call, product)) return;
  const changed = { [at.activation]: applied.kind, [at.alpha]: applied.alpha, [at.out]: value };
  replace(call, own.name, changing(own.args, changed), activation.call.outputs);
  mergeInto(activation.call, call);
}

function changing(args: readonly OwnArgument[], changed: Readonly<Record<number, OwnArgument>>): OwnArgument[] {
  return args.map((arg, index) => (index in changed ? (changed[index] as OwnArgument) : arg));
}
