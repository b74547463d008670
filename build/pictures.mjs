// Takes the pictures of what is live: each playground after training, for readers without JavaScript
// (`trained/picture.<language>.png`), and the page while it trains, for the README (`public/live.png`).
import { mkdir } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { preview } from 'vite';

const languages = { zh: 'zh-CN', en: 'en' };
const server = await preview({ preview: { port: 4199 }, logLevel: 'error' });
const base = server.resolvedUrls?.local[0] ?? 'http://localhost:4199/';
const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH,
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

/** A page of the book as it stands before the first Run. */
async function open(language, address) {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 1000 },
    locale: languages[language],
    colorScheme: 'light',
    deviceScaleFactor: 1.5,
  });
  await page.goto(`${base}${language}/${address}`);
  await page.locator('[data-playground]').first().waitFor();
  return page;
}

const { livegrad: addresses } = await (await fetch(`${base}pages.json`)).json();
const places = Object.entries(addresses).flatMap(([language, list]) => list.map((address) => [language, address]));
const taken = new Set(); // a playground may stand on several pages
for (const [language, address] of places.filter(([, address]) => address !== '')) {
  const page = await open(language, `${address}/`);
  for (const playground of await page.locator('[data-playground]').all()) {
    const folder = `src/playgrounds/${await playground.getAttribute('data-playground')}/trained`;
    const path = `${folder}/picture.${language}.png`;
    if (taken.has(path)) continue;
    taken.add(path);
    await mkdir(folder, { recursive: true });
    await playground.scrollIntoViewIfNeeded();
    await page.waitForTimeout(3000); // it comes alive, and what is stored is drawn
    await playground.locator('[data-picture]').first().screenshot({ path });
  }
  await page.close();
}

const page = await open('en', 'core-algorithms/cnn/');
await page.waitForTimeout(3000);
await page.getByRole('button', { name: 'Run', exact: true }).click();
await page.locator('[data-playground]:not([data-step="0"])').waitFor();
await page.waitForTimeout(6000);
await page.setViewportSize({ width: 1440, height: 1360 });
await page.waitForTimeout(1000);
await page.screenshot({ path: 'public/live.png' });
await browser.close();
await server.close();
