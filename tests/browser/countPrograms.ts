/** In a page: how many programs a GPU is given to run, by WebGPU or by WebGL. */
export function countPrograms(compute: () => void): number {
  let count = 0;
  const { prototype: pass } = GPUComputePassEncoder;
  const { prototype: context } = WebGL2RenderingContext;
  const { dispatchWorkgroups } = pass;
  const { drawElements } = context;
  pass.dispatchWorkgroups = function (...size) {
    count += 1;
    dispatchWorkgroups.apply(this, size);
  };
  context.drawElements = function (...what) {
    count += 1;
    drawElements.apply(this, what);
  };
  try {
    compute();
  } finally {
    Object.assign(pass, { dispatchWorkgroups });
    Object.assign(context, { drawElements });
  }
  return count;
}
