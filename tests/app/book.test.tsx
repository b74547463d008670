import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Livegrad } from '#src/app/Livegrad.tsx';
import { loadTexts } from '#src/i18n/translate.ts';

beforeEach(async () => {
  await loadTexts('zh');
  history.replaceState(null, '', '/zh/?seed=3');
  render(<Livegrad start={{ language: 'zh', address: '' }} />);
});

afterEach(() => {
  cleanup();
  document.documentElement.removeAttribute('data-theme');
  document.documentElement.removeAttribute('data-view');
});

describe('the book', () => {
  it('changes its language in place, keeping settings in the address', async () => {
    const header = screen.getByRole('banner');
    const link = screen.getByRole('link', { name: 'English' });
    link.focus();
    fireEvent.click(link);
    await screen.findByRole('heading', { name: 'Contents' });
    expect(document.activeElement?.textContent).toBe('中文');
    expect(screen.getByRole('banner')).toBe(header);
    expect(location.pathname + location.search).toBe('/en/?seed=3');
    expect(document.documentElement.lang).toBe('en');
    expect(document.title).toContain('A textbook that trains');
  });

  it('goes back to the language before', async () => {
    fireEvent.click(screen.getByRole('link', { name: 'English' }));
    await screen.findByRole('heading', { name: 'Contents' });
    history.back();
    await screen.findByRole('heading', { name: '目录' });
    expect(document.documentElement.lang).toBe('zh-CN');
  });

  it('says of every page that is not written that it is not, and links none of them', () => {
    const unwritten = screen.getAllByText('尚未写成');
    expect(unwritten.length).toBeGreaterThan(0);
    for (const mark of unwritten) expect(mark.parentElement?.querySelector('a')).toBeNull();
  });

  it('takes the theme that is chosen, though storage be forbidden', () => {
    const forbidden = Object.getOwnPropertyDescriptor(window, 'localStorage');
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('forbidden', 'SecurityError');
      },
    });
    fireEvent.change(screen.getByRole('combobox', { name: '主题' }), { target: { value: 'dark' } });
    expect(document.documentElement.dataset.theme).toBe('dark');
    if (forbidden) Object.defineProperty(window, 'localStorage', forbidden);
  });

  it('shows the projector view and says so in the address', () => {
    const button = screen.getByRole('button', { name: '投影' });
    fireEvent.click(button);
    expect(document.documentElement.dataset.view).toBe('projector');
    expect(location.search).toContain('view=projector');
    expect(button.getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(button);
    expect(location.search).toBe('?seed=3');
  });
});
