// What the module offers: each is called by its name through heap.ts, and nothing else is.
export { multiplyBatch } from './gemm';
export { setWorkspace, workspaceBytes } from './tile';
export { updateByAdam, updateByMomentum, updateByRmsprop, updateBySgd } from './optimizers';
export { gruBackward, gruForward } from './gru';
export { lstmBackward, lstmForward } from './lstm';
export { simpleRnnBackward, simpleRnnForward } from './simpleRnn';
