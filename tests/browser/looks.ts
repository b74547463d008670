import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { open, type Language, type Playground } from './playground.ts';

export type Look = 'light' | 'dark' | 'projector';

/** The page of the CNN in a window of its own, in one of the book's looks, without motion. */
export async function openLook(
  browser: Browser,
  root: string,
  language: Language,
  look: Look,
  width: number,
): Promise<{ page: Page; cnn: Playground }> {
  const colorScheme = look === 'dark' ? 'dark' : 'light';
  const viewport = { width, height: 900 };
  const context = await browser.newContext({ colorScheme, viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  return { page, cnn: await open(page, root, look === 'projector' ? '?view=projector' : '', language) };
}

/** What axe finds: the rule, how often, and where first. */
export async function violations(page: Page) {
  const found = await new AxeBuilder({ page }).analyze();
  return found.violations.map(({ id, nodes }) => [id, nodes.length, nodes[0]?.html]);
}
