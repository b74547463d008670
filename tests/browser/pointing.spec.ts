import { expect, test, type Locator, type Page } from '@playwright/test';
import { open, type Playground } from './playground.ts';
import { serveBelow } from './staticHost.ts';

let host: Awaited<ReturnType<typeof serveBelow>>;

test.beforeAll(async () => {
  host = await serveBelow('/some/deep/base/');
});
test.afterAll(() => host.close());

/** Where the kernels of the first layer stand: word, term, node, identifier, picture. */
function placesOfW(page: Page): Record<string, Locator> {
  return {
    word: page.locator('main p > [data-symbol="w"]').first(),
    term: page.locator('[data-of="digits"] .katex [data-symbol="w"]').first(),
    node: page.locator('[data-diagram="convolution"] [data-node="conv1"]'),
    identifier: page.locator('[data-code="kernel1"]').first(),
    picture: page.locator('#digits [data-symbol="w"]').first(),
  };
}

async function expectAllLit(page: Page) {
  const overview = page.locator('[data-diagram="network"] [data-node="conv1"]');
  for (const [kind, place] of Object.entries({ ...placesOfW(page), overview })) {
    await expect(place, kind).toHaveClass(/(^| )lit( |$)/);
  }
}

for (const kind of ['word', 'term', 'node', 'identifier', 'picture']) {
  test(`pointing at the ${kind} lights up every place of the kernels; Escape ends it`, async ({ page }) => {
    await open(page, host.root);
    const place = placesOfW(page)[kind];
    await place?.scrollIntoViewIfNeeded();
    await place?.hover();
    await expectAllLit(page);
    await expect(page.locator('main p > [data-symbol="b"]').first()).toHaveClass(/dimmed/);
    await page.keyboard.press('Escape');
    await expect(page.locator('.lit, .dimmed')).toHaveCount(0);
  });
}

test('focus lights up as pointing does, and the arrow keys go through the places', async ({ page }) => {
  await open(page, host.root);
  await placesOfW(page)['word']?.focus();
  await expectAllLit(page);
  const seen = new Set<string>();
  for (let place = 0; place < 40; place++) {
    await page.keyboard.press('ArrowRight');
    seen.add(
      await page.evaluate(() => {
        const { activeElement: at } = document;
        if (at?.closest('#digits figure pre, [data-code]')) return 'identifier';
        if (at?.closest('.katex')) return 'term';
        if (at?.closest('svg')) return 'node';
        return at?.closest('#digits') ? 'picture' : 'word';
      }),
    );
  }
  expect([...seen].sort()).toEqual(['identifier', 'node', 'picture', 'term', 'word']);
  await page.keyboard.press('Escape');
  await expect(page.locator('.lit')).toHaveCount(0);
});

/** Numbers of a text as the page writes them, with a true minus. */
const numbersIn = (text: string) =>
  [...text.replaceAll('−', '-').matchAll(/-?\d+(?:\.\d+)?/g)].map(([number]) => Number(number));

async function expectSumToAgree({ page, root }: Playground, map: Locator) {
  const sum = root.getByRole('group', { name: 'How one cell is computed' });
  await expect(sum).toContainText('z[');
  const line = page.getByRole('group', { name: 'The formula in numbers' }).first();
  const place = /z\[\d+, \d+, \d+\]/.exec(await sum.innerText())?.[0] ?? '';
  await expect(line).toContainText(place);
  const result = numbersIn(await sum.locator('strong').innerText())[0] ?? Number.NaN;
  expect(numbersIn(await line.locator('strong').innerText())[0]).toBe(result);

  // The sum is that of the numbers beside it, and what the network itself computed for the cell.
  const [inputs, weights] = await Promise.all(
    ['inputs', 'weights'].map(async (name) =>
      numbersIn(await sum.getByRole('table', { name }).locator('tbody').innerText()),
    ),
  );
  expect(inputs).toHaveLength(9);
  const [row = 0, column = 0] = numbersIn(place);
  const bias = numbersIn((await sum.innerText()).split(place)[1] ?? '')[0] ?? Number.NaN;
  const total = (inputs ?? []).reduce((so, input, at) => so + input * (weights?.[at] ?? Number.NaN), bias);
  expect(Math.abs(total - result)).toBeLessThan(0.1);
  const named = await map.getAttribute('aria-label');
  const [said, saidRow, saidColumn, value = Number.NaN] = numbersIn(
    /Row (.*)$/.exec(`Row 0 ${named?.split('Row')[1] ?? ''}`)?.[1] ?? '',
  );
  expect([said, saidRow, saidColumn]).toEqual([0, row, column]);
  expect(Math.abs(value - result)).toBeLessThan(0.01 * Math.max(1, Math.abs(result)));
}

test('pointing at a cell of a map, by mouse and by arrow keys, writes out its sum, and the numbers agree', async ({
  page,
}) => {
  const cnn = await open(page, host.root);
  const map = cnn.root.getByRole('application', { name: /^z1 0/ });
  await map.scrollIntoViewIfNeeded();
  const { width, height } = (await map.boundingBox()) ?? { width: 0, height: 0 };
  await map.hover({ position: { x: width * 0.35, y: height * 0.5 } });
  await expectSumToAgree(cnn, map);
  await page.mouse.move(0, 0);

  await map.focus();
  for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowUp', 'ArrowLeft']) await page.keyboard.press(key);
  await expectSumToAgree(cnn, map);
});

test('a cell that is pointed at lights up its symbol in formula, diagram and code', async ({ page }) => {
  const cnn = await open(page, host.root);
  const map = cnn.root.getByRole('application', { name: /^z1 0/ });
  await map.focus();
  await page.keyboard.press('ArrowLeft');
  for (const place of ['.katex [data-symbol="z"]', '[data-node="conv1"]', '[data-code="z1"]']) {
    await expect(page.locator(place).first()).toHaveClass(/(^| )lit( |$)/);
  }
});

test('the sum follows the training: other numbers after more steps, and they agree', async ({ page }) => {
  const cnn = await open(page, host.root);
  await cnn.trainTo(30);
  const map = cnn.root.getByRole('application', { name: /^z1 0/ });
  await map.focus();
  await page.keyboard.press('ArrowLeft');
  const sum = cnn.root.getByRole('group', { name: 'How one cell is computed' });
  const before = await sum.innerText();
  await cnn.control('step').click();
  await map.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(sum).not.toHaveText(before);
});
