import { keepsItsPromises } from './promises.ts';

await keepsItsPromises('char-lstm');
