import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Language } from '#src/i18n/languages.ts';
import { OwnText } from '#src/ui/OwnText.tsx';
import { show } from './setup.tsx';

const sentence = 'Call me Ishmael. Some years ago, never mind how long precisely.\n';
const prose = sentence.repeat(20);

function showPanel(current?: string, language?: Language) {
  const onUse = vi.fn();
  const onClear = vi.fn();
  const panel = (own: string | undefined) => <OwnText current={own} onUse={onUse} onClear={onClear} />;
  const { container, showAgain } = show(panel(current), language);
  return { onUse, onClear, container, showWith: (own: string | undefined) => showAgain(panel(own)) };
}

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox');
const button = (name: string) => screen.getByRole('button', { name });
const isDisabled = (name: string) => button(name).getAttribute('aria-disabled') === 'true';
const said = () => screen.getAllByRole('status').map(({ textContent }) => textContent.replaceAll('\u2009', ' '));

/** What is found, once it is: a typed text is read when the keys rest. */
const finds = (sentence: string) => waitFor(() => expect(said()[0]).toBe(sentence));

function paste(text: string): boolean {
  return fireEvent.paste(field(), { clipboardData: { getData: () => text } });
}

function type(text: string) {
  fireEvent.change(field(), { target: { value: text } });
}

function createFile(bytes: string | Uint8Array<ArrayBuffer>, name = 'sea.txt') {
  const file = new File([bytes], name, { type: 'text/plain' });
  const content = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  file.arrayBuffer = vi.fn(() => Promise.resolve(content.buffer));
  return file;
}

function choose(file: File) {
  fireEvent.change(document.querySelector('input[type=file]') as Element, { target: { files: [file] } });
}

describe('the panel for a text of one’s own', () => {
  it('says what a text holds before it is learnt from', async () => {
    const { onUse } = showPanel();
    type(prose);
    await finds('1 280 characters, 24 different ones.');
    expect(said()[1]).toBe('The network starts again from the same seed and learns from this text.');
    expect(screen.getByText('To learn from').nextSibling?.textContent).toBe('1\u2009216');
    expect(screen.getByText('Unseen').nextSibling?.textContent).toBe('64');
    expect(screen.getByRole('region', { name: 'How it begins' }).textContent).toContain('Call me Ishmael.');
    expect(onUse).not.toHaveBeenCalled();
  });

  it('hands the text on as it will be learnt, with plain line ends and no invisible characters', async () => {
    const { onUse } = showPanel();
    type(`\ufeff${prose.replaceAll('\n', '\r\n')}\0`);
    await finds('1 280 characters, 24 different ones.');
    expect(screen.getByText('Taken out, because it is invisible or damaged: 2 characters.')).toBeDefined();
    fireEvent.click(button('Train on this text'));
    expect(onUse).toHaveBeenCalledExactlyOnceWith(prose);
  });

  it('shows the text that the run learns from, offers no second time, and leads back to the book’s', () => {
    const { onUse, onClear } = showPanel(prose);
    expect(said()).toEqual(['1 280 characters, 24 different ones.', 'The network learns from this text.']);
    fireEvent.click(button('Train on this text'));
    expect(onUse).not.toHaveBeenCalled();
    fireEvent.click(button('Back to the book’s text'));
    expect(onClear).toHaveBeenCalledOnce();
  });

  it('disables what would change nothing, and says why', () => {
    showPanel();
    expect(isDisabled('Train on this text') && isDisabled('Back to the book’s text')).toBe(true);
    const reason = document.getElementById(button('Train on this text').getAttribute('aria-describedby') ?? '');
    expect(reason?.textContent).toBe('The network learns from the book’s text.');
  });

  it('keeps a long paste out of the text field', async () => {
    showPanel();
    expect(paste(sentence)).toBe(true);
    expect(paste(sentence.repeat(10_000))).toBe(false);
    expect(field().value).toBe('');
    await finds('640 000 characters, 24 different ones.');
    expect(field().placeholder).toBe('The pasted text is in. Paste or type again to replace it.');
  });

  it('takes markup for characters', async () => {
    const { container } = showPanel();
    type('<img src="x" onerror="alert(1)"><b>bold</b> &amp; more\n'.repeat(20));
    await finds('1 100 characters, 28 different ones.');
    expect(container.querySelector('img, b')).toBeNull();
    expect(screen.getByRole('region').textContent).toContain('<b>bold</b> &amp; more');
  });

  it('marks what is too rare for the vocabulary, and gives each line its direction', async () => {
    const { container } = showPanel();
    const common = Array.from({ length: 999 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('');
    choose(createFile(`жא\n${common}${common}${common}\n`));
    await finds('3 001 characters, 1 002 different ones.');
    expect([...container.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual(['ж', 'א']);
    expect([...container.querySelectorAll('p[dir]')].every((line) => line.getAttribute('dir') === 'auto')).toBe(true);
    expect(screen.getByText(/too rare to be learnt: 3\. Where they stand \(3 places\)/)).toBeDefined();
    expect(screen.getByText('A box marks a character that is read as unknown.')).toBeDefined();
  });
});

describe('what cannot be learnt from', () => {
  it.each([
    ['en', ' \n', 'There is nothing in it that could be learnt: no character can be seen.'],
    ['en', sentence, 'Too short: 64 of at least 500 characters.'],
    ['zh', sentence, '太短：只有 64 个字符，至少要 500 个。'],
    [
      'en',
      'a'.repeat(600),
      'Its only character is “a”, 601 characters long with spaces and line ends: there is nothing to predict.',
    ],
    ['zh', '哈'.repeat(600), '除了“哈”没有别的字符（连空格和换行共 601 个字符）：没有什么需要预测。'],
  ] as const)('gets a sentence (%s): %j', async (language, text, expected) => {
    showPanel(undefined, language);
    type(text);
    await finds(expected);
    expect(isDisabled(language === 'en' ? 'Train on this text' : '用这段文本训练')).toBe(true);
  });

  it('is a paste of 5 MB', async () => {
    showPanel();
    paste('whale '.repeat(833_334));
    await finds('Too large: 4.77 MB, and at most 1 MB can be learnt from. Take a part of it.');
  });

  it('is a file of 5 MB, which is not even read', async () => {
    showPanel();
    const file = createFile(new Uint8Array(5_000_000));
    choose(file);
    await finds('Too large: 4.77 MB, and at most 1 MB can be learnt from. Take a part of it.');
    expect(vi.mocked(file.arrayBuffer)).not.toHaveBeenCalled();
  });

  it('is a picture, or a text in another encoding', async () => {
    showPanel(undefined, 'zh');
    choose(createFile(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 1)));
    await finds('这不是纯文本。PDF 或文字处理软件的文档要先另存为纯文本。');
    choose(createFile(Uint8Array.of(0x61, 0x0a, 0xb4, 0xb2, 0xc7, 0xb0)));
    await finds('第 2 行不是 UTF-8 编码。请用文本编辑器打开，另存为 UTF-8，再选一次。');
  });

  it('is a folder, or a file that has gone', async () => {
    showPanel();
    const gone = createFile('', 'gone.txt');
    gone.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
    choose(gone);
    await finds('“gone.txt” could not be read. Is it a folder, or has it been moved?');
  });

  it('leaves the text that is learnt from as it is', async () => {
    const { onUse } = showPanel(prose);
    type('short');
    await finds('Too short: 6 of at least 500 characters.');
    fireEvent.click(button('Train on this text'));
    expect(onUse).not.toHaveBeenCalled();
    expect(said()[1]).toBe('The network learns from the text that you gave it before.');
  });
});

describe('a file', () => {
  it('may be dropped, and replaces what was typed', async () => {
    const { container } = showPanel();
    type('short');
    fireEvent.drop(container.firstElementChild as Element, { dataTransfer: { files: [createFile(prose)] } });
    expect(field().value).toBe('');
    expect(field().placeholder).toBe('“sea.txt” is in. Paste or type to replace it.');
    await finds('1 280 characters, 24 different ones.');
  });

  it('that is read slowly does not replace one that was chosen after it', async () => {
    showPanel();
    const slow = createFile(sentence, 'slow.txt');
    let finish = (_: ArrayBuffer) => {};
    slow.arrayBuffer = () => new Promise((resolve) => (finish = resolve));
    choose(slow);
    await finds('Reading “slow.txt” …');
    choose(createFile(prose));
    await finds('1 280 characters, 24 different ones.');
    finish(new TextEncoder().encode(sentence).buffer);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await finds('1 280 characters, 24 different ones.');
  });
});
