import { keepsItsPromises } from './promises.ts';

await keepsItsPromises('next-item');
