import { useEffect, useState } from 'react';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** A browser may forbid storage; then a setting lasts as long as the page. */
function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

const root = () => document.documentElement;

/** The reader's theme. The script in `index.html` has put it on the root before the first paint. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>('system');
  useEffect(() => setTheme(themes.find((known) => known === root().dataset.theme) ?? 'system'), []);
  return [
    theme,
    (next) => {
      setTheme(next);
      if (next === 'system') delete root().dataset.theme;
      else root().dataset.theme = next;
      attempt(() => localStorage.setItem('livegrad:theme', next));
    },
  ];
}

/** Whether the page is drawn for a lecture hall; lasts while the tab is open, and stands in the address. */
export function useProjector(): [boolean, (isOn: boolean) => void] {
  const [isOn, setOn] = useState(false);
  useEffect(() => setOn(root().dataset.view === 'projector'), []);
  return [
    isOn,
    (next) => {
      setOn(next);
      const address = new URL(location.href);
      if (next) {
        root().dataset.view = 'projector';
        address.searchParams.set('view', 'projector');
        attempt(() => sessionStorage.setItem('livegrad:view', 'projector'));
      } else {
        delete root().dataset.view;
        address.searchParams.delete('view');
        attempt(() => sessionStorage.removeItem('livegrad:view'));
      }
      history.replaceState(history.state, '', address);
    },
  ];
}
