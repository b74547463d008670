/** Of two libraries that come without types, what the bench uses. */
declare module 'convnetjs' {
  export class Vol {
    constructor(width: number, height: number, depth: number, value: number);
    /** `[height, width, depth]` */
    w: Float64Array;
  }
  interface Layer {
    layer_type: string;
    filters?: Vol[];
    biases?: Vol;
  }
  export class Net {
    layers: Layer[];
    makeLayers(layers: readonly Record<string, unknown>[]): void;
  }
  export class Trainer {
    constructor(net: Net, options: Record<string, unknown>);
    train(x: Vol, label: number): { cost_loss: number };
  }
  const convnetjs: { Vol: typeof Vol; Net: typeof Net; Trainer: typeof Trainer };
  export default convnetjs;
}

declare module 'brain.js/dist/browser.js' {
  export class NeuralNetwork {
    constructor(options: Record<string, unknown>);
    train(data: readonly { input: number[]; output: number[] }[], options: Record<string, unknown>): { error: number };
  }
  export class LSTM {
    constructor(options: Record<string, unknown>);
    initialize(): void;
    trainPattern(sequence: number[], learningRate: number): number;
  }
  const brain: { NeuralNetwork: typeof NeuralNetwork; recurrent: { LSTM: typeof LSTM } };
  export default brain;
}
