import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, normalize, sep } from 'node:path';
import type { Plugin } from 'vite';

/** What a plain static host answers, and `vite preview` does not: slashes added to folders, `404.html` with status 404. */
export function staticHost(): Plugin {
  return {
    name: 'livegrad:static-host',
    configurePreviewServer({ config, middlewares }) {
      const root = join(config.root, config.build.outDir);
      middlewares.use((request, response, next) => {
        const [path = '/', query] = (request.url ?? '/').split('?');
        const file = fileOf(root, path);
        if (file !== undefined && statSync(file).isFile()) return next();
        if (file !== undefined && !path.endsWith('/')) {
          response.writeHead(301, { location: `${path}/${query === undefined ? '' : `?${query}`}` });
          return response.end();
        }
        if (file !== undefined && existsSync(join(file, 'index.html'))) return next();
        response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' });
        response.end(readFileSync(join(root, '404.html')));
      });
    },
  };
}

/** What lies at a path of the address; nothing outside the root. */
function fileOf(root: string, path: string): string | undefined {
  try {
    const file = normalize(join(root, decodeURIComponent(path)));
    return (file + sep).startsWith(root + sep) && existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}
