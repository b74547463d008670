import type { Page } from '@playwright/test';

/** What a page complains of, and whom but its own host it asks. */
export function listen(page: Page, root: string): string[] {
  const heard: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(error.message));
  page.on('request', (request) => {
    const isOwn = request.url().startsWith(root) || /^(data|blob):/.test(request.url());
    if (!isOwn) heard.push(`asked ${request.url()}`);
  });
  return heard;
}

/** Once React has taken over the prerendered page. */
export async function live(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('header') ?? {}).some((key) => key.startsWith('__react')),
  );
}
