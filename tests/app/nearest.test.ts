import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { nearestPage } from '#src/app/nearest.ts';

const known = {
  zh: ['', 'core-algorithms/cnn', 'core-algorithms/rnn', 'mathematics/cnn'],
  en: ['', 'core-algorithms/cnn', 'core-algorithms/rnn', 'mathematics/cnn'],
};
const near = (asked: string) => nearestPage(asked, known, 'en');

describe('an address that leads nowhere', () => {
  it.each([
    'zh/core-algorithms/cnn',
    'zh//core-algorithms/cnn/',
    'ZH/Core-Algorithms/CNN/',
    'zh/core-algorithms/cnn.html',
  ])('%s is the same page written in another way', (asked) =>
    expect(near(asked)).toEqual({ path: 'zh/core-algorithms/cnn/', isSame: true }),
  );

  it.each([
    ['zh/core-algorithms/cnm/', 'zh/core-algorithms/cnn/'],
    ['zh/mathematics/cn', 'zh/mathematics/cnn/'],
    ['zh/cnn/', 'zh/core-algorithms/cnn/'],
    ['zh/core-algoritms/rnn', 'zh/core-algorithms/rnn/'],
    ['zh/cooking/', 'zh/'],
    ['en/a/b/c/d', 'en/'],
    ['fr/core-algorithms/cnn/', 'en/core-algorithms/cnn/'],
    ['zh-tw/core-algorithms/cnn/', 'zh/core-algorithms/cnn/'],
    ['core-algorithms/rnn', 'en/core-algorithms/rnn/'],
    ['fr/', 'en/'],
  ])('%s is nearest to %s, which says so', (asked, path) => {
    expect(near(asked)).toEqual({ path, isSame: false });
  });

  it.each(['', 'wp-admin/setup', 'fr/anything/at/all'])('%j is near no page', (asked) => {
    expect(near(asked)).toBeUndefined();
  });

  it('finds its answer at once for an address of 100 kB', () => {
    expect(near(`zh/${'x'.repeat(100_000)}`)).toEqual({ path: 'zh/', isSame: false });
  });

  it('is answered by text that stands alone, as 404.html sends it', () => {
    const call = `JSON.stringify((${nearestPage.toString()})('zh/cnn', ${JSON.stringify(known)}, 'en'))`;
    expect(runInNewContext(call)).toBe('{"path":"zh/core-algorithms/cnn/","isSame":false}');
  });
});
