// What the module offers: each is called by its name through heap.ts, and nothing else is.
export { multiplyBatch, setWorkspace, workspaceBytes } from './gemm';
