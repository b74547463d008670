/** A kernel's sum. */
export function kernelSum(weights: number[], bias: number): number {
  return weights.reduce((sum, weight) => sum + weight, bias);
}
