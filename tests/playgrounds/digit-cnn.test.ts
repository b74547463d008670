import { keepsItsPromises } from './promises.ts';

await keepsItsPromises('digit-cnn');
