import { expect, test } from '@playwright/test';
import { listen } from './listen.ts';
import { open } from './playground.ts';
import { serveBelow } from './staticHost.ts';

let host: Awaited<ReturnType<typeof serveBelow>>;

test.beforeAll(async () => {
  host = await serveBelow('/some/deep/base/');
});
test.afterAll(() => host.close());

const long = '9'.repeat(100_000);

for (const [asked, query, sentence] of [
  ['a rate out of range', 'learningRate=5', 'asks for Learning rate “5”; 1 is used.'],
  ['a rate that is not a number', 'learningRate=NaN', 'asks for Learning rate “NaN”; 0.002 is used.'],
  ['a rate beyond all numbers', 'learningRate=1e999', 'asks for Learning rate “1e999”; 1 is used.'],
  ['several rates', 'learningRate=0.1&learningRate=0.2', 'asks for Learning rate “0.1,0.2”; 0.002 is used.'],
  ['a rate of 100 kB', `learningRate=${long}`, '9…”; 1 is used.'],
  ['half a filter', 'filters1=3.7', 'asks for Filters, first layer “3.7”; 4 is used.'],
  ['an optimizer that is not there', 'optimizer=%3Cb%3Ehope', 'asks for Optimizer “<b>hope”; Adam is used.'],
  ['a seed below zero', 'seed=-5', 'seed “-5”; 0 is used.'],
  ['a seed of words', `seed=${encodeURIComponent('七')}`, 'seed “七”; 7 is used.'],
  ['a backend that is not there', 'backend=quantum', 'backend “quantum”;'],
] as const) {
  test(`${asked} in the address: the page says in one sentence what is used, and trains`, async ({ page }) => {
    const heard = listen(page, host.root);
    const cnn = await open(page, host.root, `?${query}`);
    const complaint = cnn.root.getByText('The address asks for');
    await expect(complaint).toHaveCount(1);
    await expect(complaint).toContainText(sentence, { ignoreCase: true });
    expect((await complaint.innerText()).length).toBeLessThan(120);
    await cnn.control('step').click();
    await expect(cnn.root).toHaveAttribute('data-step', '1');
    expect(heard).toEqual([]);
  });
}

test('what can be had is used without a word', async ({ page }) => {
  const cnn = await open(page, host.root, '?learningRate=0.01&seed=12&batchSize=16&backend=wasm');
  await expect(cnn.root.getByText('The address asks for')).toHaveCount(0);
  await expect(cnn.root.getByRole('textbox', { name: 'Learning rate' })).toHaveValue('0.01');
  await expect(cnn.root.getByRole('combobox', { name: 'Batch size' })).toHaveValue('16');
  expect(await cnn.attribute('seed')).toBe('12');
});

test('the Chinese page complains in Chinese', async ({ page }) => {
  const cnn = await open(page, host.root, '?seed=x&backend=quantum&learningRate=7', 'zh');
  const complaints = cnn.root.getByText('网址要求');
  await expect(complaints).toHaveCount(3);
  for (const text of await complaints.allInnerTexts()) expect(text).not.toMatch(/seed|backend|auto/);
});
