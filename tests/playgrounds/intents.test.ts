import { keepsItsPromises } from './promises.ts';

await keepsItsPromises('intents');
