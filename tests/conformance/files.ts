/** tfjs's test files of what the book computes with: these run on every backend in `npm test`, the others in the long run. */

/** Where the tests of an operation or kernel of ours are, if not in a file of its name. Several names can share one. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  cast: ['tensor_test'],
  conv2d: ['ops/conv2d_test', 'ops/conv1d_test', 'ops/conv2d_separable_test', 'ops/fused/fused_conv2d_test'],
  customGrad: ['gradients_test'],
  dispose: ['engine_test'],
  div: ['ops/arithmetic_test', 'ops/binary_ops_test'],
  hasKernel: ['kernel_registry_test'],
  keep: ['engine_test'],
  mul: ['ops/arithmetic_test'],
  reshape: ['tensor_test'],
  runKernel: ['kernel_registry_test'],
  scalar: ['tensor_test'],
  slice: ['ops/slice_test', 'ops/slice1d_test', 'ops/slice2d_test', 'ops/slice3d_test', 'ops/slice4d_test'],
  tensor: ['tensor_test'],
  tensor1d: ['tensor_test'],
  tensor2d: ['tensor_test'],
  tensor4d: ['tensor_test'],
  tidy: ['engine_test'],
  variable: ['variable_test'],
  variableGrads: ['gradients_test'],
  // Folders of kernels.
  'avg-pool-grad': ['ops/avg_pool_test', 'ops/pool_test'],
  'batch-mat-mul': ['ops/mat_mul_test'],
  binary: ['ops/add_test', 'ops/arithmetic_test', 'ops/binary_ops_test', 'ops/sub_test'],
  comparison: ['equal', 'greater', 'greater_equal', 'less', 'less_equal', 'not_equal'].map(
    (name) => `ops/${name}_test`,
  ),
  'conv2d-backprop-filter': ['ops/conv2d_test', 'ops/fused/fused_conv2d_test'],
  'conv2d-backprop-input': ['ops/conv2d_test', 'ops/conv2d_transpose_test'],
  'depthwise-conv2d-gradient': ['ops/depthwise_conv2d_test', 'ops/fused/fused_depthwise_conv2d_test'],
  'fused-mat-mul': ['ops/fused/fused_mat_mul_test'],
  identity: ['ops/clone_test'],
  'max-pool-grad': ['ops/max_pool_test', 'ops/pool_test'],
  select: ['ops/where_test'],
  sum: ['ops/sum_test', 'ops/mean_test'],
  unary: ['exp', 'leaky_relu', 'neg', 'relu6', 'relu', 'sigmoid', 'sqrt', 'square', 'step', 'tanh'].map(
    (name) => `ops/${name}_test`,
  ),
};

/** Operations of ours that tfjs does not know, and so does not test. */
const oursAlone = new Set(['gru', 'lstm', 'optimizer-update', 'simple-rnn']);

/** What the gradients of the book's operations run besides them. */
export const inGradients = ['equal', 'greater', 'ones', 'unsortedSegmentSum', 'where'];

/** @param name an operation, as code writes it, or a folder of `src/engine/kernels`. */
export function filesOf(name: string): readonly string[] {
  if (oursAlone.has(name)) return [];
  return elsewhere[name] ?? [`ops/${underscored(name)}_test`];
}

function underscored(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
}
