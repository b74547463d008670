import { RunsProvider } from '#src/training/useRun.tsx';
import { Book } from './Book.tsx';
import type { Opened } from './pages.ts';

/** The book with one of its pages open: the same tree when it is prerendered and when it is live. */
export function Livegrad({ start }: { start: Opened }) {
  return (
    <RunsProvider>
      <Book start={start} />
    </RunsProvider>
  );
}
