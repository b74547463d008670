import { describe, expect, it } from 'vitest';
import { limits, readRows, readSessionFile, type SessionFile } from '#src/math/sessionCsv.ts';

/** Twenty sessions of the same two items, so that there are enough. */
const filler = (separator = ',') =>
  Array.from({ length: 20 }, (_, at) => `f${at}${separator}tea\nf${at}${separator}cup`).join('\n');

function read(text: string): SessionFile {
  const file = readSessionFile(text);
  if ('problem' in file) throw new Error(file.problem);
  return file;
}

/** The first session by names. */
const firstOf = ({ items, sessions }: SessionFile) => sessions[0]?.map((item) => items[item]);

describe('rows', () => {
  it.each([
    [
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a;b\r\nc;d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a\tb\rc\td',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      '"a,1",b\n"say ""hi""",d',
      [
        ['a,1', 'b'],
        ['say "hi"', 'd'],
      ],
    ],
    ['"two\nlines",b', [['two\nlines', 'b']]],
    ['a,"never closed\nb,c', [['a', 'never closed\nb,c']]],
    [
      ' a , b \n\n,\nc,',
      [
        ['a', 'b'],
        ['c', ''],
      ],
    ],
    ['"a;b",c;d', [['a;b', 'c;d']]],
    ['', []],
  ])('of %j', (text, rows) => {
    expect(readRows(text)).toEqual(rows);
  });
});

describe('a table of clicks', () => {
  it.each([
    '',
    'session,item\n',
    'Session ID,Product Name\n',
    'user_id,sku\n',
    '会话,商品\n',
    '\uFEFF"session","item"\n',
  ])('is read with the header %j', (header) => {
    const file = read(`${header}a,pot\na,cup\nb,tea\na,tea\n${filler()}`);
    expect(firstOf(file)).toEqual(['pot', 'cup', 'tea']);
    expect(file).toMatchObject({ clicks: 43, isTimed: false, skippedRows: 0, skippedSessions: 1, otherItems: 0 });
  });

  it('has its columns in any order, and others between them', () => {
    expect(
      firstOf(read(`item,price,session\npot,3,a\ncup,4,a\n${filler().replace(/(f\d+),(\w+)/g, '$2,1,$1')}`)),
    ).toEqual(['pot', 'cup']);
  });

  it('is put in order by its times, where every row has one', () => {
    const timed = (last: string) =>
      `session,item,time\na,tea,2024-01-01 10:05\na,pot,2024-01-01 10:01\na,cup,${last}\n${filler().replaceAll(/$/gm, ',2024-01-01')}`;
    expect(firstOf(read(timed('2024-01-01 10:03')))).toEqual(['pot', 'cup', 'tea']);
    expect(read(timed('2024-01-01 10:03')).isTimed).toBe(true);
    expect(firstOf(read(timed('later')))).toEqual(['tea', 'pot', 'cup']);
    expect(read(timed('')).isTimed).toBe(false);
  });

  it('gives the most clicked items the first numbers', () => {
    const { items } = read(`a,pot\na,tea\n${filler()}`);
    expect(items).toEqual(['tea', 'cup', 'pot']);
  });

  it('counts an item that is clicked twice in a row once', () => {
    expect(firstOf(read(`a,pot\na,pot\na,cup\na,pot\n${filler()}`))).toEqual(['pot', 'cup', 'pot']);
  });

  it('cuts a session of 45 clicks into pieces of 20, 20 and 5', () => {
    const long = Array.from({ length: 45 }, (_, at) => `a,item ${at}`).join('\n');
    expect(
      read(`${long}\n${filler()}`)
        .sessions.slice(0, 3)
        .map((session) => session.length),
    ).toEqual([20, 20, 5]);
  });

  it('gives numbers to the 300 most clicked items, and one number to all others', () => {
    const many = Array.from({ length: 200 }, (_, at) => `s${at},a${at}\ns${at},b${at}\ns${at},tea`).join('\n');
    const file = read(`${many}\n${filler()}`);
    expect(file.items).toHaveLength(limits.items);
    expect(file.otherItems).toBe(402 - limits.items);
    expect(Math.max(...file.sessions.flat())).toBe(limits.items);
  });

  it('leaves out rows without a session or an item, and says how many', () => {
    expect(read(`a,pot\n,cup\na,\na,cup\n${filler()}`)).toMatchObject({ skippedRows: 2 });
  });

  it('keeps names as they are: emoji, right-to-left, markup', () => {
    const names = ['🫖', 'שלום', '<b>tea</b>'];
    expect(firstOf(read(`${names.map((name) => `a,${name}`).join('\n')}\n${filler()}`))).toEqual(names);
  });
});

describe('what cannot be learnt from', () => {
  it.each([
    ['nothing', '', { problem: 'empty' }],
    ['blank lines', '\n \n,\n', { problem: 'empty' }],
    ['a header alone', 'session,item', { problem: 'too-few-sessions', sessions: 0, least: 20 }],
    ['zeros', `a,b\0\n${filler()}`, { problem: 'binary' }],
    ['bytes that are no text', '\uFFFD\u0001\u0002'.repeat(50), { problem: 'binary' }],
    ['one column', 'tea\ncup\npot', { problem: 'one-column' }],
    [
      'names of other columns',
      'time,session,price\n1,a,2',
      { problem: 'no-such-columns', found: 'time, session, price' },
    ],
    ['one item', Array.from({ length: 60 }, (_, at) => `s${at % 30},tea`).join('\n'), { problem: 'one-item' }],
    [
      'sessions of one click',
      Array.from({ length: 60 }, (_, at) => `s${at},item ${at % 7}`).join('\n'),
      { problem: 'too-few-sessions', sessions: 0, least: 20 },
    ],
    ['5 MB', 'a,b\n'.repeat(1_250_000), { problem: 'too-large', characters: 5_000_000, most: 1_000_000 }],
  ])('is told: %s', (_, text, problem) => {
    expect(readSessionFile(text)).toEqual(problem);
  });
});
