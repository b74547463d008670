import { cleanup, render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { afterEach, vi } from 'vitest';
import { languages, type Language } from '#src/i18n/languages.ts';
import { LanguageContext, loadTexts } from '#src/i18n/translate.ts';

afterEach(cleanup);

await Promise.all(languages.map(loadTexts));

// There is no canvas here: every view must do without one.
vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);

/** Renders in a language and says what it shows. */
export function show(element: ReactElement, language: Language = 'en') {
  const within = (child: ReactElement) => <LanguageContext value={language}>{child}</LanguageContext>;
  const { rerender, ...shown } = render(within(element));
  return { ...shown, showAgain: (child: ReactElement) => rerender(within(child)) };
}
