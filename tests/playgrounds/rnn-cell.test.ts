import { keepsItsPromises } from './promises.ts';

await keepsItsPromises('rnn-cell');
