// Writes every page of the book as HTML into dist, once Vite has built the page and src/prerender.tsx.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const book = join(import.meta.dirname, '..');
const dist = join(book, 'dist');
const server = join(book, 'dist-ssr');
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
const template = readFileSync(join(dist, 'index.html'), 'utf8');
const { prerenderAll } = await import(pathToFileURL(join(server, 'prerender.js')).href);

const escape = (text) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');

/** The chunk of a source and all that it imports at once: scripts and stylesheets. */
function filesOf(key, seen = new Set()) {
  if (seen.has(key)) return { scripts: [], styles: [] };
  seen.add(key);
  const { file, css = [], imports = [] } = manifest[key];
  const below = imports.map((name) => filesOf(name, seen));
  return {
    scripts: [file, ...below.flatMap(({ scripts }) => scripts)],
    styles: [...below.flatMap(({ styles }) => styles), ...css],
  };
}

/** Nothing but the book itself is ever asked: the browser enforces it. Scripts in the page are known by their hashes. */
function policy(html) {
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, text]) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
  const rules = [
    "default-src 'self'",
    `script-src 'self' 'wasm-unsafe-eval' ${scripts.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<meta http-equiv="Content-Security-Policy" content="${rules.join('; ')}" />`;
}

const withPolicy = (html) => html.replace(/(<meta char[sS]et="utf-8"\s*\/?>)/, `$1${policy(html)}`);

function write(file, text) {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  writeFileSync(join(dist, file), text);
}

/** The views of the playgrounds on a page, in order, as the manifest names them. */
function viewsIn(body) {
  const names = [...new Set([...body.matchAll(/data-playground="([\w-]+)"/g)].map(([, name]) => name))];
  const keys = Object.keys(manifest);
  return names.flatMap((name) =>
    keys.filter((key) => new RegExp(`^src/playgrounds/${name}/[A-Z]\\w*\\.tsx$`).test(key)),
  );
}

function pageHtml({ path, root, tag, title, description, alternates, sources, body }) {
  const seen = new Set();
  // Every playground is styled at once; the first is also brought to life at once, the others when they are near.
  const [first = [], ...others] = viewsIn(body).map((view) => [view]);
  const needed = [...sources, ...first].map((source) => filesOf(source, seen));
  const scripts = needed.flatMap((files) => files.scripts);
  const styles = [...needed, ...others.flat().map((source) => filesOf(source, seen))].flatMap((files) => files.styles);
  const head = [
    `<title>${escape(title)}</title>`,
    `<meta name="description" content="${escape(description)}" />`,
    ...Object.entries(alternates).map(([lang, href]) => `<link rel="alternate" hreflang="${lang}" href="${href}" />`),
    ...styles.filter(isNew).map((file) => `<link rel="stylesheet" crossorigin href="./${file}" />`),
    ...scripts.filter(isNew).map((file) => `<link rel="modulepreload" crossorigin href="./${file}" />`),
  ];
  return template
    .replace(/<html lang="[^"]*"/, `<html lang="${tag}"`)
    .replace(/<title>.*?<\/title>/, () => head.join('\n    '))
    .replace(/(href|src)="\.\//g, `$1="${root}`)
    .replace('<div id="root"></div>', () => `<div id="root" data-page="${path}">${atItsPlace(body, root)}</div>`);
}

/** Whether every page's head does not name this file anyway. */
const isNew = (file) => !template.includes(file);

/** Assets that the server build names by their place on this disk, or from a host's root, as a page finds them. */
function atItsPlace(body, root) {
  return body.replaceAll(`${pathToFileURL(server).href}/`, root).replaceAll('src="/assets/', `src="${root}assets/`);
}

const { pages, files } = await prerenderAll();
for (const page of pages) write(`${page.path}index.html`, withPolicy(pageHtml(page)));
for (const [file, text] of Object.entries(files)) write(file, file.endsWith('.html') ? withPolicy(text) : text);
rmSync(join(dist, '.vite'), { recursive: true });
rmSync(server, { recursive: true });
console.log(`${pages.length} pages of the book, and ${Object.keys(files).join(', ')}`);
