// Written by build/kernels.mjs.

/** The functions of our WASM module. */
export type OwnKernel =
  | 'convolutionKernelGradient'
  | 'convolve'
  | 'convolveTransposed'
  | 'activate'
  | 'biasActivation'
  | 'multiplyBatch'
  | 'setWorkspace'
  | 'workspaceBytes'
  | 'updateByAdam'
  | 'updateByMomentum'
  | 'updateByRmsprop'
  | 'updateBySgd'
  | 'gruBackward'
  | 'gruForward'
  | 'lstmBackward'
  | 'lstmForward'
  | 'simpleRnnBackward'
  | 'simpleRnnForward'
  | 'averagePoolGradient'
  | 'maxPoolGradient'
  | 'segmentSum'
  | 'sumAlong';
