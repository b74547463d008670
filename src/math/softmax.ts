/** Probabilities of the classes, `[classes]`, in double precision; large logits do not overflow. */
export function softmax(logits: ArrayLike<number>): number[] {
  const all = Array.from(logits);
  const largest = Math.max(...all);
  const powers = all.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/**
 * The cross-entropy of one example in nats, in double precision: minus the logarithm of the true class's probability.
 *
 * @param logits `[classes]`, before the softmax.
 * @param label the true class.
 * @throws RangeError if there is no such class.
 */
export function crossEntropy(logits: ArrayLike<number>, label: number): number {
  const all = Array.from(logits);
  const logit = all[label];
  if (logit === undefined) throw new RangeError(`no class ${label} among ${all.length} logits`);
  const largest = Math.max(...all);
  return largest - logit + Math.log(all.reduce((sum, other) => sum + Math.exp(other - largest), 0));
}
