// Written by build/kernels.mjs.

/** The functions of our WASM module. */
export type OwnKernel =
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
  | 'simpleRnnForward';
