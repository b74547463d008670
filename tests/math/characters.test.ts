import { describe, expect, it } from 'vitest';
import { createVocabulary, decode, encode, isHan, unknown } from '#src/math/characters.ts';

describe('a vocabulary', () => {
  it('has the unknown first, then the characters by code point', () => {
    expect(createVocabulary('banana\n').characters).toEqual(['�', '\n', 'a', 'b', 'n']);
  });

  it('keeps the commonest where there are more than the limit, of equal ones the first', () => {
    expect(createVocabulary('zzz yy x w', 4).characters).toEqual(['�', ' ', 'y', 'z']);
    expect(createVocabulary('dcba', 3).characters).toEqual(['�', 'c', 'd']);
  });

  it('takes a character beyond 16 bits as one', () => {
    const vocabulary = createVocabulary('a🙂𠮷');
    expect(vocabulary.characters).toEqual(['�', 'a', '🙂', '𠮷']);
    expect(encode('🙂a𠮷', vocabulary)).toEqual(Int32Array.of(2, 1, 3));
  });

  it('gives every text back, with � for what it does not know', () => {
    const vocabulary = createVocabulary('床前明月光，\n');
    expect(decode(encode('明月光，\n', vocabulary), vocabulary)).toBe('明月光，\n');
    expect(decode(encode('明日光', vocabulary), vocabulary)).toBe('明�光');
    expect([...encode('�日😀', vocabulary)]).toEqual([unknown, unknown, unknown]);
  });

  it('of a text that has the mark of the unknown in it takes that as unknown', () => {
    expect(createVocabulary('a�b').characters).toEqual(['�', 'a', 'b']);
    expect([...encode('a�b', createVocabulary('a�b'))]).toEqual([1, unknown, 2]);
  });
});

it('a Han character is one, a mark, a letter or a line end is none', () => {
  expect([...'月𠮷〇'].every(isHan)).toBe(true);
  expect([...'，。a1\nあ한'].some(isHan)).toBe(false);
});
