import type { ProgramCall, ProgramReport } from '#src/training/protocol.ts';

/** A call a line: kernel, shape, bytes, what it becomes, microseconds, and where its result lies from which call to which. */
const lines = `
Conv2D 64x28x28x8 1605632 called 1215.7 0 0 3
Identity 64x28x28x1 200704 alias 0
Identity 3x3x1x8 288 alias 0
Add 64x28x28x8 1605632 called 1967.4 1605632 3 82
Identity 64x28x28x8 1605632 alias 0
Identity 8 32 alias 0
Relu 64x28x28x8 1605632 called 122.6 0 6 81
Identity 64x28x28x8 1605632 alias 0
MaxPool 64x14x14x8 401408 called 442.6 5619712 8 81
Identity 64x28x28x8 1605632 alias 0
Identity 64x14x14x8 401408 alias 0
Conv2D 64x14x14x16 802816 called 2650.9 3211264 11 14
Identity 64x14x14x8 401408 alias 0
Identity 3x3x8x16 4608 alias 0
Add 64x14x14x16 802816 called 371.1 4014080 14 73
Identity 64x14x14x16 802816 alias 0
Identity 16 64 alias 0
Relu 64x14x14x16 802816 called 17.4 3211264 17 72
Identity 64x14x14x16 802816 alias 0
MaxPool 64x7x7x16 200704 called 164.3 6221824 19 72
Identity 64x14x14x16 802816 alias 0
Identity 64x7x7x16 200704 alias 0
Reshape 64x784 200704 alias 0
Identity 64x7x7x16 200704 alias 0
Multiply 64x784 200704 called 8.3 5017600 24 68
Identity 64x784 200704 alias 0
Identity 64x784 200704 alias 0
BatchMatMul 64x10 2560 called 32.6 5271616 27 30
Identity 64x784 200704 alias 0
Identity 784x10 31360 alias 0
Add 64x10 2560 called 1.3 6654592 30 90
Identity 64x10 2560 alias 0
Identity 10 40 alias 0
OneHot 64x10 2560 called 107.9 5218304 33 35
Identity 64 256 alias 0
Cast 64x10 2560 called 6.3 5220864 35 59
Max 64x1 256 called 1 5223424 36 37
Sub 64x10 2560 called 1.6 5218304 37 42
Cast 64x10 2560 alias 0
Exp 64x10 2560 called 4.7 5223424 39 40
Sum 64x1 256 called 0.6 5225984 40 41
Log 64x1 256 called 1.2 5226240 41 42
Sub 64x10 2560 called 1.1 5223424 42 60
Identity 64x10 2560 alias 0
Multiply 64x10 2560 called 97.8 5218304 44 47
Identity 64x10 2560 alias 0
Identity 64x10 2560 alias 0
Sum 64 256 called 0.5 5225984 47 49
Identity 64x10 2560 alias 0
Mean - 4 called 0.6 5218304 49 51
Identity 64 256 alias 0
Neg - 4 called 0.9 6663424 51 98
Neg - 4 constant 0 6663552 -1 99
Reshape 1 4 alias 0
Multiply 64 256 constant 0 6662784 -1 99
RealDiv 64 256 constant 0 6663040 -1 99
Reshape 64x1 256 alias 0
Multiply 64x10 2560 constant 0 6659712 -1 99
Cast 64x10 2560 alias 0
Multiply 64x10 2560 called 0.6 5218304 59 63
Exp 64x10 2560 called 4 5220864 60 62
Sum 64x1 256 called 0.3 5225984 61 62
Multiply 64x10 2560 called 6.7 5223424 62 63
Sub 64x10 2560 called 0.8 5450688 63 68
Reshape 64x10 2560 alias 0
Sum 10 40 called 333.9 6663296 65 89
Reshape 10 40 alias 0
BatchMatMul 64x784 200704 called 31.3 5218304 67 70
BatchMatMul 784x10 31360 called 31.7 6623232 68 89
Cast 64x784 200704 alias 0
Multiply 64x784 200704 called 7.2 6422528 70 72
Reshape 64x7x7x16 200704 alias 0
MaxPoolGrad 64x14x14x16 802816 called 57.1 4816896 72 75
Step 64x14x14x16 802816 called 200.9 3211264 73 75
Cast 64x14x14x16 802816 alias 0
Multiply 64x14x14x16 802816 called 23.2 4014080 75 80
Reshape 64x14x14x16 802816 alias 0
Sum 16 64 called 537.4 5222912 77 89
Reshape 16 64 alias 0
Conv2DBackpropInput 64x14x14x8 401408 called 1450.7 4816896 79 81
Conv2DBackpropFilter 3x3x8x16 4608 called 1574.6 5218304 80 89
MaxPoolGrad 64x28x28x8 1605632 called 281.3 3211264 81 84
Step 64x28x28x8 1605632 called 399 0 82 84
Cast 64x28x28x8 1605632 alias 0
Multiply 64x28x28x8 1605632 called 50.2 1605632 84 88
Reshape 64x28x28x8 1605632 alias 0
Sum 8 32 called 808 3211264 86 89
Reshape 8 32 alias 0
Conv2DBackpropFilter 3x3x1x8 288 called 457.3 107904 88 89
OptimizerUpdate 3x3x1x8 109176 called 7.2 115584 89 99
ArgMax 64 256 called 1.2 110464 90 91
OneHot 64x10 2560 called 0.6 107904 91 92
Cast 64x10 2560 called 5.8 110464 92 95
OneHot 64x10 2560 called 0.5 107904 93 94
Cast 64x10 2560 called 1.3 113024 94 95
Multiply 64x10 2560 called 0.8 107904 95 96
Sum - 4 called 0.6 110464 96 97
RealDiv - 4 called 0.9 107968 97 98
Pack 2 8 copied 0.8 107904 98 99
`;

/** What the WASM backend reported of a step of the network that reads digits. */
export const digitProgram: ProgramReport = {
  backend: 'wasm',
  step: 8,
  calls: lines.trim().split('\n').map(readCall),
  bytes: { before: 19065552, after: 6663744 },
  counts: { before: 99, after: 53 },
  millisecondsPerStep: { plain: 43.18, replayed: 14.08 },
};

function readCall(line: string): ProgramCall {
  const [kernel = '', shape = '', bytes, becomes, microseconds, offset, from, to] = line.split(' ');
  return {
    kernel,
    shape: shape === '-' ? [] : shape.split('x').map(Number),
    bytes: Number(bytes),
    becomes: becomes as ProgramCall['becomes'],
    microseconds: Number(microseconds),
    ...(offset === undefined ? {} : { offset: Number(offset), lives: [Number(from), Number(to)] as const }),
  };
}
