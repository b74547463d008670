// Draws every `chapters/**/diagrams/*.mmd` anew, as the SVG beside it: `npm run diagrams`. CHROME_PATH names the browser.
// Mermaid only places boxes and lines; what is kept of its drawing is that, so that the page's own colours and type apply.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { chromium } from 'playwright';

const require = createRequire(import.meta.url);
const mermaidFolder = dirname(require.resolve('mermaid/package.json'));
const { version } = require('mermaid/package.json');

// The widest of the common fonts, and bold: what fits here fits in the reader's.
const fonts = '"DejaVu Sans", Verdana, "Noto Sans CJK SC", sans-serif';
const config = {
  startOnLoad: false,
  securityLevel: 'strict',
  htmlLabels: false,
  fontFamily: fonts,
  themeCSS: '.node text { font-weight: 600 }',
  themeVariables: { fontFamily: fonts, fontSize: '14px' },
  flowchart: { htmlLabels: false, padding: 6, nodeSpacing: 20, rankSpacing: 26, curve: 'linear' },
};

/** Runs in the browser: boxes, lines and words of one diagram, in its own coordinates. */
async function measure({ source, config }) {
  const { mermaid } = globalThis;
  mermaid.initialize(config);
  await document.fonts.ready;
  const { svg } = await mermaid.render('drawing', source);
  document.body.innerHTML = svg;
  const root = document.querySelector('svg');
  const known = new Set(['node', 'default', 'clickable']);
  const nodes = [...root.querySelectorAll('g.node')].map((node) => {
    const { e: x, f: y } = node.transform.baseVal.consolidate().matrix;
    const { width, height } = node.querySelector('rect').getBBox();
    const lines = [...node.querySelectorAll('.text-outer-tspan')].map((line) => line.textContent.trim());
    const [, id] = /flowchart-(.+)-\d+$/.exec(node.id);
    return { id, symbol: [...node.classList].find((name) => !known.has(name)), x, y, width, height, lines };
  });
  const edges = [...root.querySelectorAll('path.flowchart-link')].map((path) => path.getAttribute('d'));
  const text = (name) => root.querySelector(name)?.textContent ?? '';
  return { title: text('title'), description: text('desc'), nodes, edges };
}

const round = (number) => String(Math.round(number * 10) / 10);
const rounded = (path) => path.replace(/-?\d+\.\d+/g, (number) => round(Number(number)));
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function drawNode({ id, symbol, x, y, width, height, lines }) {
  const leading = 20;
  const top = 5 - ((lines.length - 1) * leading) / 2;
  const words = lines.map(
    (line, row) =>
      `<text y="${round(top + row * leading)}" class="diagram-${row === 0 ? 'name' : 'detail'}">${escaped(line)}</text>`,
  );
  const tie =
    symbol === undefined
      ? ''
      : ` data-symbol="${symbol}" role="button" tabindex="0" aria-label="${escaped(lines.join(', '))}"`;
  return [
    `<g class="diagram-node" data-node="${id}"${tie} transform="translate(${round(x)} ${round(y)})">`,
    `<rect x="${round(-width / 2)}" y="${round(-height / 2)}" width="${round(width)}" height="${round(height)}" rx="4"/>`,
    ...words,
    '</g>',
  ].join('');
}

function draw(id, hash, { title, description, nodes, edges }) {
  const margin = 4;
  const side = (of) => nodes.map(of);
  const left = Math.min(...side(({ x, width }) => x - width / 2)) - margin;
  const top = Math.min(...side(({ y, height }) => y - height / 2)) - margin;
  const width = Math.max(...side(({ x, width }) => x + width / 2)) + margin - left;
  const height = Math.max(...side(({ y, height }) => y + height / 2)) + margin - top;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="diagram" role="group" aria-label="${escaped(title)}"`,
    ` aria-describedby="${id}-description" viewBox="${[left, top, width, height].map(round).join(' ')}"`,
    ` width="${round(width)}" height="${round(height)}" style="--width: ${round(width)}px" data-mermaid="${version}" data-source-hash="${hash}">\n`,
    `<desc id="${id}-description">${escaped(description)}</desc>\n`,
    `<defs><marker id="${id}-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"`,
    ` orient="auto"><path class="diagram-arrow" d="M0 0L8 4L0 8z"/></marker></defs>\n`,
    ...edges.map((d) => `<path class="diagram-edge" d="${rounded(d)}" marker-end="url(#${id}-arrow)"/>\n`),
    ...nodes.map((node) => `${drawNode(node)}\n`),
    '</svg>\n',
  ].join('');
}

const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  await page.addScriptTag({ path: join(mermaidFolder, 'dist/mermaid.min.js') });
  const files = (await readdir('chapters', { recursive: true })).filter((file) => /diagrams\/.*\.mmd$/.test(file));
  for (const file of files.sort().map((file) => join('chapters', file))) {
    const source = await readFile(file, 'utf8');
    const hash = createHash('sha256').update(source).digest('hex');
    const [name] = basename(file).split('.');
    await writeFile(
      file.replace(/mmd$/, 'svg'),
      draw(`diagram-${name}`, hash, await page.evaluate(measure, { source, config })),
    );
    console.log(file);
  }
} finally {
  await browser.close();
}
