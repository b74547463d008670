import { readFile, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join, resolve } from 'node:path';

/** What `npm run build` wrote. */
export const dist = resolve(import.meta.dirname, '../../dist');

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

export interface StaticHost {
  root: string;
  close: () => void;
}

/** The plainest of static hosts: files below one base, folders by their `index.html`, `404.html` for the rest. */
export async function serveBelow(base: string, folder = dist): Promise<StaticHost> {
  // Room for an address of 100 kB, which Node alone refuses.
  const server = createServer({ maxHeaderSize: 1 << 20 }, (request, response) => {
    const path = decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/');
    void answer(folder, path.startsWith(base) ? path.slice(base.length) : '\0').then(({ status, type, body }) => {
      response.writeHead(status, { 'content-type': type });
      response.end(body);
    });
  });
  const port = await listen(server);
  return { root: `http://localhost:${port}${base}`, close: () => void server.close() };
}

function listen(server: Server): Promise<number> {
  return new Promise((done) => {
    server.listen(0, () => {
      const address = server.address();
      done(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

async function answer(folder: string, path: string): Promise<{ status: number; type: string; body: Buffer }> {
  const file = join(folder, path.endsWith('/') || path === '' ? `${path}index.html` : path);
  const isFile = !path.includes('\0') && (await stat(file).catch(() => undefined))?.isFile() === true;
  if (!isFile) {
    const body = await readFile(join(folder, '404.html')).catch(() => Buffer.from('not found'));
    return { status: 404, type: 'text/html; charset=utf-8', body };
  }
  return { status: 200, type: types[extname(file)] ?? 'application/octet-stream', body: await readFile(file) };
}
