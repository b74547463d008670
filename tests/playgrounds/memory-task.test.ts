import { keepsItsPromises } from './promises.ts';

await keepsItsPromises('memory-task');
