// What the module offers: each is called by its name through heap.ts, and nothing else is.
export { compare, select } from './comparison';
export { convolutionKernelGradient, convolve } from './convolution';
export { convolveTransposed } from './convolutionTransposed';
export { depthwiseGradient } from './depthwise';
export { activationGradient, biasActivation, binary, unary } from './elementwise';
export { multiplyBatch } from './gemm';
export { setWorkspace, workspaceBytes } from './tile';
export { updateByAdam, updateByMomentum, updateByRmsprop, updateBySgd } from './optimizers';
export { gruBackward, gruForward } from './gru';
export { lstmBackward, lstmForward } from './lstm';
export { simpleRnnBackward, simpleRnnForward } from './simpleRnn';
export { averagePoolGradient, maxPoolGradient } from './pooling';
export { gather, oneHot, segmentSum } from './scatter';
export { sumAlong } from './sum';
