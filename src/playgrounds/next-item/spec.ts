import { choice, definePlayground, range } from '#src/training/spec.ts';

/** A recurrent network that learns what a shop's visitor clicks next. */
export const spec = definePlayground({
  id: 'next-item',
  kind: 'trains',
  hyperparameters: {
    sessions: choice(4000, { options: [100, 400, 1000, 4000, 10000], applies: 'restart' }),
    units: choice(64, { options: [8, 16, 32, 64, 128], applies: 'restart' }),
    learningRate: range(5e-3, { min: 1e-5, max: 1, scale: 'log', applies: 'next-step' }),
    dropout: range(0.3, { min: 0, max: 0.9, scale: 'linear', step: 0.05, applies: 'next-step' }),
    embedding: choice(16, { options: [2, 4, 8, 16, 32], applies: 'restart' }),
    layers: choice(1, { options: [1, 2], applies: 'restart' }),
    batchSize: choice(32, { options: [8, 16, 32, 64, 128], applies: 'restart' }),
  },
  phases: ['forward', 'loss', 'backward', 'update'],
  metrics: [
    'loss',
    'unseen-loss',
    'hit-rate-10',
    'mrr',
    'popularity-hit-rate-10',
    'popularity-mrr',
    'markov-hit-rate-10',
    'markov-mrr',
    'best-hit-rate-10',
    'best-mrr',
  ],
  view: {
    /** Which of the unseen sessions is looked at. */
    example: range(31, { min: 0, max: 399, scale: 'linear', step: 1, applies: 'next-step' }),
    /** How many of its clicks are known. */
    clicks: range(4, { min: 0, max: 11, scale: 'linear', step: 1, applies: 'next-step' }),
  },
  questions: { recommend: { takes: ['click'], gives: ['item'] } },
  edits: { 'add-session': ['items'] },
  symbols: {
    x: { tex: 'x', node: 'clicks', code: ['sessions', 'x'], tensor: 'x', hue: 'input' },
    E: { tex: 'E', node: 'embedding', code: ['embedding'], tensor: 'embedding', hue: 'weight' },
    e: { tex: 'e', node: 'embedded', code: ['embedded'], tensor: 'embedded', hue: 'activation' },
    W: { tex: 'W', node: 'lstm', code: ['lstmKernel'], tensor: 'lstmKernel', hue: 'weight' },
    U: { tex: 'U', node: 'lstm', code: ['lstmRecurrent'], tensor: 'lstmRecurrent', hue: 'weight' },
    h: { tex: 'h', node: 'state', code: ['states'], tensor: 'hiddenState', hue: 'activation' },
    V: { tex: 'V', node: 'dense', code: ['denseWeights'], tensor: 'denseWeights', hue: 'weight' },
    o: { tex: 'o', node: 'dense', code: ['logits'], tensor: 'logits', hue: 'pre-activation' },
    y: { tex: '\\hat y', node: 'softmax', code: ['probabilities'], tensor: 'probabilities', hue: 'output' },
    L: { tex: 'L', node: 'loss', code: ['loss'], tensor: 'loss', hue: 'loss' },
  },
  snapshot: {
    /** The clicks so far as the network reads them: the beginning, then numbers of items. */
    x: ['click'],
    embedding: ['symbol', 'dimension'],
    embedded: ['click', 'dimension'],
    lstmKernel: ['dimension', 'gate'],
    lstmRecurrent: ['unit', 'gate'],
    lstmBias: ['gate'],
    /** Of the last layer, after each click. */
    inputGate: ['click', 'unit'],
    forgetGate: ['click', 'unit'],
    candidate: ['click', 'unit'],
    outputGate: ['click', 'unit'],
    cellState: ['click', 'unit'],
    hiddenState: ['click', 'unit'],
    denseWeights: ['unit', 'item'],
    denseBias: ['item'],
    /** After the last click. */
    logits: ['item'],
    probabilities: ['item'],
    /** What the log says without a network: how often each item is clicked at all, and after the last click. */
    popularity: ['item'],
    markov: ['item'],
    /** What would be known to somebody who knew how the log was made; empty for a log of the reader's. */
    best: ['item'],
    /** The item that was clicked next; -1 where nobody knows. */
    next: [],
    /** All of the unseen session. */
    session: ['click'],
    /** At the last look at all unseen sessions: hit rate and mean reciprocal rank; -1 where they are not known. */
    quality: ['recommender', 'measure'],
    loss: [],
  },
  trained: { steps: 1500, metric: 'hit-rate-10' },
  divergesAbove: 50,
});

/** The shop's items, shelf by shelf. An item's number is its place in the whole list. */
export const shelves = {
  outdoors: ['tent', 'sleepingBag', 'campingStove', 'headlamp', 'hikingBoots', 'rainJacket', 'backpack', 'thermos'],
  kitchen: [
    'coffeeBeans',
    'coffeeGrinder',
    'gooseneckKettle',
    'ironPan',
    'chefsKnife',
    'cuttingBoard',
    'bakingTin',
    'kitchenScale',
  ],
  electronics: ['phone', 'phoneCase', 'charger', 'powerBank', 'headphones', 'tablet', 'speaker', 'smartWatch'],
  photo: ['camera', 'lens', 'tripod', 'memoryCard', 'cameraBag', 'photoAlbum', 'binoculars', 'ringLight'],
  sport: ['runningShoes', 'sportsSocks', 'waterBottle', 'bikeHelmet', 'bikeLight', 'bikePump', 'yogaMat', 'dumbbells'],
  desk: ['monitor', 'keyboard', 'deskMat', 'officeChair', 'deskLamp', 'notebook', 'fountainPen', 'webcam'],
  garden: [
    'flowerPots',
    'pottingSoil',
    'tomatoSeeds',
    'herbSeeds',
    'wateringCan',
    'gardenGloves',
    'secateurs',
    'birdFeeder',
  ],
  leisure: ['gameController', 'gamingHeadset', 'videoGame', 'boardGame', 'novel', 'cookbook', 'travelGuide', 'blanket'],
} as const;

type Item = (typeof shelves)[keyof typeof shelves][number];

/**
 * What the made-up visitors are after, which nobody tells the network: items that a taste often wants, and items that it
 * sometimes wants. Most belong to several tastes, so that one click says little.
 */
export const tastes: Readonly<Record<string, { often: readonly Item[]; sometimes: readonly Item[] }>> = {
  camping: {
    often: ['tent', 'sleepingBag', 'campingStove', 'headlamp', 'hikingBoots', 'rainJacket', 'backpack', 'thermos'],
    sometimes: ['waterBottle', 'powerBank', 'binoculars', 'ironPan', 'coffeeBeans', 'blanket', 'travelGuide', 'camera'],
  },
  travel: {
    often: ['travelGuide', 'backpack', 'powerBank', 'camera', 'headphones', 'phone', 'phoneCase', 'novel'],
    sometimes: ['rainJacket', 'charger', 'thermos', 'memoryCard', 'tablet', 'notebook', 'waterBottle', 'hikingBoots'],
  },
  coffee: {
    often: ['coffeeBeans', 'coffeeGrinder', 'gooseneckKettle', 'kitchenScale', 'thermos', 'notebook', 'novel'],
    sometimes: ['speaker', 'fountainPen', 'bakingTin', 'cookbook', 'deskLamp', 'blanket', 'headphones'],
  },
  cooking: {
    often: ['ironPan', 'chefsKnife', 'cuttingBoard', 'bakingTin', 'kitchenScale', 'cookbook', 'herbSeeds'],
    sometimes: ['campingStove', 'gooseneckKettle', 'tomatoSeeds', 'speaker', 'tablet', 'coffeeBeans', 'secateurs'],
  },
  photography: {
    often: ['camera', 'lens', 'tripod', 'memoryCard', 'cameraBag', 'photoAlbum', 'ringLight', 'binoculars'],
    sometimes: ['backpack', 'travelGuide', 'birdFeeder', 'monitor', 'rainJacket', 'webcam', 'tablet', 'phone'],
  },
  fitness: {
    often: ['runningShoes', 'sportsSocks', 'smartWatch', 'waterBottle', 'yogaMat', 'dumbbells', 'headphones'],
    sometimes: ['bikeHelmet', 'rainJacket', 'phone', 'phoneCase', 'kitchenScale', 'speaker', 'blanket'],
  },
  cycling: {
    often: ['bikeHelmet', 'bikeLight', 'bikePump', 'waterBottle', 'sportsSocks', 'rainJacket', 'smartWatch'],
    sometimes: ['headlamp', 'backpack', 'phone', 'powerBank', 'tent', 'camera', 'runningShoes', 'gardenGloves'],
  },
  desk: {
    often: ['monitor', 'keyboard', 'deskMat', 'officeChair', 'deskLamp', 'webcam', 'notebook', 'fountainPen'],
    sometimes: ['headphones', 'gooseneckKettle', 'charger', 'tablet', 'ringLight', 'yogaMat', 'coffeeBeans', 'phone'],
  },
  gardening: {
    often: [
      'flowerPots',
      'pottingSoil',
      'tomatoSeeds',
      'herbSeeds',
      'wateringCan',
      'gardenGloves',
      'secateurs',
      'birdFeeder',
    ],
    sometimes: ['binoculars', 'cookbook', 'cuttingBoard', 'rainJacket', 'lens', 'novel', 'thermos', 'headlamp'],
  },
  gaming: {
    often: ['gameController', 'gamingHeadset', 'videoGame', 'boardGame', 'monitor', 'keyboard', 'officeChair'],
    sometimes: ['speaker', 'tablet', 'charger', 'webcam', 'blanket', 'phone', 'powerBank', 'deskMat'],
  },
};

/** Whoever has clicked the first two, in either order and whatever was between, mostly clicks the third next. */
export const kits: readonly (readonly [Item, Item, Item])[] = [
  ['phone', 'phoneCase', 'charger'],
  ['tent', 'sleepingBag', 'campingStove'],
  ['coffeeBeans', 'coffeeGrinder', 'gooseneckKettle'],
  ['ironPan', 'chefsKnife', 'cookbook'],
  ['camera', 'lens', 'tripod'],
  ['runningShoes', 'sportsSocks', 'smartWatch'],
  ['bikeHelmet', 'bikeLight', 'bikePump'],
  ['monitor', 'keyboard', 'deskMat'],
  ['flowerPots', 'pottingSoil', 'tomatoSeeds'],
  ['gameController', 'gamingHeadset', 'videoGame'],
  ['backpack', 'travelGuide', 'powerBank'],
  ['notebook', 'fountainPen', 'deskLamp'],
];

export const items: readonly Item[] = Object.values(shelves).flat();
