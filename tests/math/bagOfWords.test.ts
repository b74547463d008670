import { describe, expect, it } from 'vitest';
import { createBag, readFeatures, wordsOf } from '#src/math/bagOfWords.ts';

describe('the words of a text', () => {
  it.each([
    ['Where is my Order?', ['where', 'is', 'my', 'order']],
    ["It hasn't shipped!!", ['it', "hasn't", 'shipped']],
    ['It hasn’t shipped', ['it', "hasn't", 'shipped']],
    ['order A-2291, 40 pounds', ['order', 'a', '2291', '40', 'pounds']],
    ['退款呢', ['退', '款', '呢', '退款', '款呢']],
    ['用PayPal付', ['用', 'paypal', '付']],
    ['人，人', ['人', '人']],
    ['où est mon colis', ['où', 'est', 'mon', 'colis']],
    ['', []],
    ['?! \n 😀', []],
  ])('%s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});

describe('a bag of words', () => {
  const bag = createBag(['my order', 'my refund', '退款']);

  it('gives each word a feature, in the order in which they come', () => {
    expect([...bag]).toEqual([
      ['my', 0],
      ['order', 1],
      ['refund', 2],
      ['退', 3],
      ['款', 4],
      ['退款', 5],
    ]);
  });

  it('reads each word of a text once, wherever it stands, and loses those it does not know', () => {
    expect([...readFeatures('Refund my order, my ORDER', bag)]).toEqual([0, 1, 2]);
    expect([...readFeatures('款退', bag)]).toEqual([3, 4]);
    expect([...readFeatures('hello', bag)]).toEqual([]);
  });
});
