import { createSmaller, createWorkload as char } from './char.ts';
import { createWorkload as cnn } from './cnn.ts';
import { createWorkload as dcgan } from './dcgan.ts';
import { createWorkload as gan2d } from './gan2d.ts';
import { createWorkload as lstm } from './lstm.ts';
import { createWorkload as mlp } from './mlp.ts';
import { createWorkload as rgb64 } from './rgb64.ts';

export const workloads = { mlp, gan2d, cnn, dcgan, lstm, char, lstm64: createSmaller, rgb64 };
