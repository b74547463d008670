import 'katex/dist/katex.min.css';
import './app/tokens.css';
import './app/base.css';
import './ui/colors.css';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { readPath } from './app/address.ts';
import { describeHead } from './app/head.ts';
import { Livegrad } from './app/Livegrad.tsx';
import { openPage } from './app/pages.ts';
import { preloadPlaygrounds } from './app/playgrounds.ts';
import { preferredLanguage } from './i18n/languages.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has lost its root.');

// A prerendered page says which it is; while developing, the address says so.
const { page } = root.dataset;
const asked = readPath(page ?? location.pathname.slice(import.meta.env.BASE_URL.length));
const start = asked && (await openPage(asked.language, asked.address));

if (start === undefined) {
  location.replace(`${import.meta.env.BASE_URL}${asked?.language ?? preferredLanguage(navigator.languages)}/`);
} else if (page === undefined || location.search !== '') {
  // Settings in the address make another first picture than the prerendered one.
  const { tag, title } = describeHead(start);
  document.documentElement.lang = tag;
  document.title = title;
  await preloadPlaygrounds();
  createRoot(root).render(<Livegrad start={start} />);
} else {
  hydrateRoot(root, <Livegrad start={start} />);
}
