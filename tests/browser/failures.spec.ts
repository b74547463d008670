import { expect, test, type Page, type Route } from '@playwright/test';
import { listen } from './listen.ts';
import { open } from './playground.ts';
import { serveBelow } from './staticHost.ts';

let host: Awaited<ReturnType<typeof serveBelow>>;

test.beforeAll(async () => {
  host = await serveBelow('/some/deep/base/');
});
test.afterAll(() => host.close());

test('at learning rate 1 it diverges: the reader is told when and why, and a tenth of the rate is one button away', async ({
  page,
}) => {
  const heard = listen(page, host.root);
  const cnn = await open(page, host.root, '?learningRate=1');
  await cnn.control('run').click();
  await cnn.is('failed');
  const message = cnn.root.getByText(/Diverged at step 2: the loss went from .*learning rate 1\b/);
  await expect(message).toBeVisible();
  expect(await cnn.step()).toBe(2);
  await cnn.root.getByRole('button', { name: /rate 0\.1$/ }).click();
  await expect(message).toHaveCount(0);
  await cnn.is('running');
  await cnn.reach(10);
  expect(Number.isFinite(await cnn.value('loss'))).toBe(true);
  // With Adam a tenth is still too much to learn anything; a hundredth learns, from the same seed.
  const rate = cnn.root.getByRole('textbox', { name: 'Learning rate' });
  await expect(rate).toHaveValue('0.1');
  await rate.fill('0.01');
  await rate.press('Enter');
  await cnn.control('again').click();
  await expect.poll(() => cnn.value('unseen-accuracy'), { timeout: 30_000 }).toBeGreaterThan(0.8);
  expect(heard).toEqual([]);
});

test('a rate that ruins a run on its way leads back to the weights from before', async ({ page }) => {
  const cnn = await open(page, host.root);
  await cnn.trainTo(60);
  const kept = await cnn.step();
  const accuracy = await cnn.value('unseen-accuracy');
  const rate = cnn.root.getByRole('textbox', { name: 'Learning rate' });
  await rate.fill('1');
  await rate.press('Enter');
  await cnn.control('run').click();
  await cnn.is('failed');
  await cnn.root.getByRole('button', { name: `Go back to step ${kept}, at rate 0.1` }).click();
  await cnn.is('running');
  await cnn.reach(kept + 1);
  expect(accuracy).toBeGreaterThan(0.6);
  await expect(rate).toHaveValue('0.1');
});

const faults: readonly [string, RegExp, (route: Route) => Promise<void>][] = [
  ['missing', /The data could not be loaded/, (route) => route.fulfill({ status: 404, body: 'nothing here' })],
  [
    'cut short',
    /damaged.*expected 1617754 bytes, found 100000/,
    (route) => alter(route, (file) => file.subarray(0, 100_000)),
  ],
  ['altered in one byte', /damaged.*expected CRC-32 50557302, found/, (route) => alter(route, flipOne)],
  ['a web page', /damaged.*of a web page/, (route) => route.fulfill({ status: 200, body: '<!doctype html><p>Log in' })],
];

for (const [fault, sentence, answer] of faults) {
  test(`a data file that is ${fault} is said so, and Try again works once it is there`, async ({ page }) => {
    const heard = listen(page, host.root);
    await page.route('**/digits-*.data', answer);
    const cnn = await open(page, host.root);
    await cnn.control('run').click();
    await cnn.is('failed');
    await expect(cnn.root.getByText(sentence)).toBeVisible();
    await page.unroute('**/digits-*.data');
    await cnn.root.getByRole('button', { name: 'Try again' }).click();
    await expect(cnn.root.getByText(sentence)).toHaveCount(0);
    await cnn.is('running');
    await cnn.reach(3);
    // That a file is missing is told by the browser itself, too.
    expect(heard.filter((line) => !/Failed to load resource.*404/.test(line))).toEqual([]);
  });
}

async function alter(route: Route, change: (file: Buffer) => Buffer) {
  const response = await route.fetch();
  await route.fulfill({ status: 200, body: change(await response.body()) });
}

function flipOne(file: Buffer): Buffer {
  const at = file.length >> 1;
  file.writeUInt8(file.readUInt8(at) ^ 1, at);
  return file;
}

test('a run that goes on in another load of the page is offered only where one was left', async ({
  page,
}: {
  page: Page;
}) => {
  const cnn = await open(page, host.root);
  await expect(cnn.root.getByRole('button', { name: 'Go on from there' })).toHaveCount(0);
});
