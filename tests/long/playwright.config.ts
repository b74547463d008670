import { defineConfig } from '@playwright/test';
import shared from '../../playwright.config.ts';

/** What takes too long for `npm test`: `npm run build && npm run test:long`, about half an hour. */
export default defineConfig({ ...shared, testDir: '.', timeout: 15 * 60_000 });
