// Finds a Chromium (installs one where it may), then runs a command with CHROME_PATH set to it:
// `node tests/browser/chromium.mjs playwright test`.
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findInPath() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function find() {
  const asked = process.env.CHROME_PATH;
  if (asked && isExecutable(asked)) return asked;
  const cached = chromium.executablePath();
  return findInPath() ?? (existsSync(cached) ? cached : undefined);
}

/** As root on Debian: the system's own package, and a font for Chinese. */
function install() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  const apt = (...words) =>
    execFileSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...words], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  console.log('No Chromium found: installing the packages chromium and fonts-noto-cjk.');
  try {
    apt('update');
    apt('install', '-y', 'chromium', 'fonts-noto-cjk');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
}

let chrome = find();
if (chrome === undefined) {
  install();
  chrome = findInPath();
}
if (chrome === undefined) {
  console.error('No Chromium found: install it (`npx playwright install chromium`) or set CHROME_PATH to one.');
  process.exit(1);
}

const [command, ...words] = process.argv.slice(2);
if (command === undefined) {
  console.log(chrome);
} else {
  const own = join(import.meta.dirname, '../../node_modules/.bin');
  const { status } = spawnSync(command, words, {
    stdio: 'inherit',
    env: { ...process.env, CHROME_PATH: chrome, PATH: `${own}${delimiter}${process.env.PATH ?? ''}` },
  });
  process.exit(status ?? 1);
}
