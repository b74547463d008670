import { describe, expect, it } from 'vitest';
import { countCharacters } from '#src/math/characters.ts';
import { createVocabulary } from '#src/math/characters.ts';
import { mostSymbols, readOwnText, splitOwnText, type OwnText } from '#src/math/ownText.ts';

const sentence = 'It is a truth universally acknowledged, that a single man must be in want of a wife.\n';
const prose = sentence.repeat(20);

function read(source: string | Uint8Array): OwnText {
  const read = readOwnText(source);
  if (read.problem !== undefined) throw new Error(JSON.stringify(read.problem));
  return read;
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

describe('a text that can be learnt from', () => {
  it('is counted, its last tenth unseen', () => {
    expect(read(prose).facts).toEqual({
      characters: 1700,
      lines: 20,
      train: 1615,
      unseen: 85,
      kinds: countCharacters(prose).size,
      rareKinds: 0,
      trainUnknown: 0,
      unseenUnknown: 0,
      joined: 0,
      removed: 0,
      direction: 'ltr',
    });
  });

  it('is the same from a file as when pasted, with or without a byte order mark', () => {
    for (const bytes of [bytesOf(prose), bytesOf(`\ufeff${prose}`)]) expect(read(bytes)).toEqual(read(prose));
  });

  it('can be a file in UTF-16, if it says so at its begin', () => {
    const littleEndian = new Uint8Array(Uint16Array.from(`\ufeff${prose}`, (c) => c.charCodeAt(0)).buffer);
    const bigEndian = littleEndian.map((_, index) => littleEndian[index ^ 1] ?? 0);
    expect(read(littleEndian)).toEqual(read(prose));
    expect(read(bigEndian)).toEqual(read(prose));
  });

  it('ends its lines with a line end, whatever ended them before', () => {
    for (const end of ['\r\n', '\r', '\u2028', '\u2029', '\u0085', '\f']) {
      expect(read(prose.replaceAll('\n', end)).text).toBe(prose);
    }
    expect(read(prose.replaceAll('\n', '\r\n')).facts.removed).toBe(0);
  });

  it('has no empty lines at begin and end, and a line end after its last line', () => {
    expect(read(`\n\n\n${prose.trimEnd()} \n\n \n`).text).toBe(prose);
  });

  it('comes through unchanged when it is read again', () => {
    const odd = `\ufeff\r\n  e\u0301\0 ${prose}\ud83d שלום\u202e 👩‍👩‍👧 \u1100\u1161\r`;
    const once = read(odd);
    expect(read(once.text)).toEqual({ ...once, facts: { ...once.facts, removed: 0 } });
  });

  it('loses control characters, lone halves of characters and marks that turn the rest round, and says how many', () => {
    const { text, facts } = read(`a\0b\u0007c\u009fd\ud83de\udc00f\u202eg\u2066h\ufeffi\uffffj\tk${prose}`);
    expect(text).toBe(`abcdefghij\tk${prose}`);
    expect(facts.removed).toBe(9);
  });

  it('has each accent in the letter it belongs to, where there is such a letter', () => {
    const { text, facts } = read(`cafe\u0301 q\u0301 ${prose}`);
    expect(text.startsWith('café q\u0301 ')).toBe(true);
    expect(facts.joined).toBe(1);
  });

  it('may be emoji: each code point is a character, and those that change the one before are counted', () => {
    const { vocabulary, facts } = read('👩‍👩‍👧👍🏽❤️\n'.repeat(100));
    // Woman, joiner, woman, joiner, girl, thumb, skin tone, heart, variation selector, line end.
    expect(facts).toMatchObject({ characters: 1000, kinds: 8, joined: 400 });
    expect([...vocabulary.symbols.keys()].sort()).toEqual([...new Set('👩‍👧👍🏽❤️\n')].sort());
  });

  it('may run from right to left', () => {
    expect(read('בראשית ברא אלהים את השמים ואת הארץ\n'.repeat(20)).facts.direction).toBe('rtl');
    expect(read('في البدء خلق الله السماوات والأرض\n'.repeat(20)).facts.direction).toBe('rtl');
    expect(read(`${prose}שלום`).facts.direction).toBe('ltr');
  });

  it('may be markup: it stays what it is, characters', () => {
    const markup = '<img src=x onerror=alert(1)>&amp;<script>\n'.repeat(20);
    expect(read(markup).text).toBe(markup);
  });

  it('keeps its 999 commonest characters where it has more, and counts what is read as unknown', () => {
    const common = Array.from({ length: 900 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('');
    const rare = Array.from({ length: 200 }, (_, index) => String.fromCodePoint(0x6000 + index)).join('');
    const { facts, vocabulary } = read(`${rare}${common.repeat(3)}`);
    // The unseen tail of the text is 300 of the common ones.
    expect(vocabulary.characters).toHaveLength(1000);
    expect(facts).toMatchObject({ kinds: 999, rareKinds: 101, trainUnknown: 101 });
  });

  it('says how much of its unseen part it never shows', () => {
    const { facts } = read(`${prose}${'ж'.repeat(80)}`);
    expect(facts).toMatchObject({ unseenUnknown: 80, trainUnknown: 0 });
  });

  it('may be a megabyte', () => {
    expect(read('ab\ncd'.repeat(2 ** 20 / 5).slice(0, 2 ** 20 - 1)).facts.characters).toBe(2 ** 20);
  });

  it('of a megabyte whose last line has no end can be read again with the end that it was given', () => {
    const { text } = read(bytesOf('ab\ncd'.repeat(2 ** 20 / 5).padEnd(2 ** 20, 'c')));
    expect(text).toHaveLength(2 ** 20 + 1);
    expect(read(text).text).toBe(text);
  });
});

describe('the parts of a text', () => {
  it('are the whole text, cut after a line where one ends in time', () => {
    const { train, unseen } = splitOwnText(prose);
    expect(train + unseen).toBe(prose);
    expect(train.endsWith('wife.\n')).toBe(true);
  });

  it('of one long line are cut at nine tenths, never inside a character', () => {
    for (const line of ['x'.repeat(1000), `${'🙂'.repeat(500)}`, `a${'🙂'.repeat(500)}`]) {
      const { train, unseen } = splitOwnText(line);
      expect(train + unseen).toBe(line);
      expect(train.length / line.length).toBeCloseTo(0.9, 2);
      expect(/\p{Cs}/u.test(train) || /\p{Cs}/u.test(unseen)).toBe(false);
    }
  });

  it('make the same vocabulary as the reading did', () => {
    const { text, vocabulary } = read(`${prose}日本語`);
    expect(createVocabulary(splitOwnText(text).train, mostSymbols)).toEqual(vocabulary);
  });
});

describe('a text that cannot be learnt from', () => {
  it.each(['', ' ', '\n\n\r\n\t ', '\ufeff', '\0\0\0', '\ud83d', '\u200b\u200d\u2060'])('is empty: %j', (text) => {
    expect(readOwnText(text)).toEqual({ problem: { name: 'empty' } });
    expect(readOwnText(bytesOf('  \n'))).toEqual({ problem: { name: 'empty' } });
  });

  it('is too short, with its length and the least', () => {
    expect(readOwnText(sentence)).toEqual({ problem: { name: 'too-short', characters: 85, least: 500 } });
    expect(readOwnText('🙂'.repeat(498))).toMatchObject({ problem: { name: 'too-short', characters: 499 } });
  });

  it('is one character over and over, spaces and lines between or not', () => {
    for (const [text, characters] of [
      ['a'.repeat(5000), 5001],
      ['a \n'.repeat(1000), 2999],
    ] as const) {
      expect(readOwnText(text)).toEqual({ problem: { name: 'one-character', character: 'a', characters } });
    }
  });

  it('is larger than a megabyte, in characters or in bytes', () => {
    expect(readOwnText('a\n'.repeat(2_500_000))).toEqual({
      problem: { name: 'too-large', bytes: 5_000_000, most: 1_048_576 },
    });
    expect(readOwnText('床前明月光'.repeat(80_000))).toMatchObject({
      problem: { name: 'too-large', bytes: 1_200_000 },
    });
    expect(readOwnText(new Uint8Array(2 ** 20 + 1))).toMatchObject({ problem: { bytes: 2 ** 20 + 1 } });
  });

  it('is larger than a megabyte only when it is composed, or written in UTF-8', () => {
    // The letter and its point, which this code point stands for, are two.
    expect(readOwnText('\u0958\n'.repeat(2 ** 18))).toMatchObject({
      problem: { name: 'too-large', bytes: 7 * 2 ** 18 },
    });
    const utf16 = new Uint8Array(Uint16Array.from('\ufeff' + '床前\n'.repeat(160_000), (c) => c.charCodeAt(0)).buffer);
    expect(readOwnText(utf16)).toMatchObject({ problem: { name: 'too-large', bytes: 1_120_000 } });
  });

  it('is something else than text', () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d);
    const pdf = bytesOf(`%PDF-1.7\n${prose}\0`);
    for (const bytes of [png, pdf]) expect(readOwnText(bytes)).toEqual({ problem: { name: 'binary' } });
    expect(readOwnText(`${'\u0001\u0002'.repeat(50)}${prose}`)).toEqual({ problem: { name: 'binary' } });
  });

  it('is in another encoding, with the line of the first wrong byte', () => {
    const gb18030 = Uint8Array.of(...bytesOf('one\r\ntwo\r\n'), 0xb4, 0xb2, 0xc7, 0xb0, ...bytesOf(prose));
    expect(readOwnText(gb18030)).toEqual({ problem: { name: 'not-utf8', line: 3 } });
    const cutInside = bytesOf(`${prose}月`).slice(0, -1);
    expect(readOwnText(cutInside)).toEqual({ problem: { name: 'not-utf8', line: 21 } });
  });
});
