import { fireEvent } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spec } from '#src/playgrounds/digit-cnn/spec.ts';
import { createPointing } from '#src/training/pointing.ts';
import { installPointing } from '#src/ui/pointing.ts';

const page = `
  <p data-of="digits"><span id="w" data-symbol="w" tabindex="0">w</span> <span id="z" data-symbol="z">z</span></p>
  <svg data-of="digits"><g id="conv1" data-node="conv1"></g><g id="relu1" data-node="relu1"></g></svg>
  <code data-of="digits"><i id="kernel1" data-code="kernel1">kernel1</i><i id="a1" data-code="a1">a1</i></code>
  <p data-of="other"><span id="other" data-symbol="w">w</span></p>
  <p id="prose">prose</p>`;

const idsOf = (name: string) => [...document.querySelectorAll(`.${name}`)].map(({ id }) => id);
const at = (id: string) => document.getElementById(id) ?? document.body;

describe('pointing at a symbol', () => {
  let store = createPointing();
  let uninstall: () => void = () => undefined;

  beforeEach(() => {
    document.body.innerHTML = page;
    store = createPointing();
    uninstall = installPointing(document, store, (of) => (of === 'digits' ? spec.symbols : undefined));
  });
  afterEach(() => uninstall());

  it('lights its term, its node and its identifier, and dims the others of the same run only', () => {
    fireEvent.pointerOver(at('w'));
    expect(idsOf('lit')).toEqual(['w', 'conv1', 'kernel1']);
    expect(idsOf('dimmed')).toEqual(['z', 'relu1', 'a1']);
    expect(store.get()).toEqual({ of: 'digits', symbol: 'w' });
  });

  it('works the same from the code and from the diagram', () => {
    fireEvent.pointerOver(at('kernel1'));
    expect(idsOf('lit')).toEqual(['w', 'conv1', 'kernel1']);
    fireEvent.pointerOver(at('relu1'));
    expect(idsOf('lit')).toEqual(['relu1', 'a1']);
  });

  it('puts all back when the pointer leaves, or at Escape', () => {
    fireEvent.pointerOver(at('w'));
    fireEvent.pointerOut(at('w'), { relatedTarget: at('prose') });
    expect([idsOf('lit'), idsOf('dimmed'), store.get()]).toEqual([[], [], {}]);
    fireEvent.focusIn(at('w'));
    fireEvent.keyDown(at('w'), { key: 'Escape' });
    expect([idsOf('lit'), idsOf('dimmed')]).toEqual([[], []]);
  });

  it('stays with a focused symbol when the pointer leaves another', () => {
    at('w').focus();
    fireEvent.pointerOver(at('a1'));
    fireEvent.pointerOut(at('a1'), { relatedTarget: at('prose') });
    expect(store.get()).toEqual({ of: 'digits', symbol: 'w' });
  });

  it('goes from place to place of the symbol with the arrow keys, and around', () => {
    at('w').focus();
    const visited = ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft'].map((key) => {
      fireEvent.keyDown(document.activeElement ?? document.body, { key });
      return document.activeElement?.id;
    });
    expect(visited).toEqual(['conv1', 'kernel1', 'w', 'kernel1']);
  });

  it('is a tap on a phone, and ends with a tap elsewhere', () => {
    fireEvent.click(at('a1'));
    expect(idsOf('lit')).toEqual(['relu1', 'a1']);
    fireEvent.click(at('prose'));
    expect(idsOf('lit')).toEqual([]);
  });

  it('shows what others point at, and leaves their cell to them', () => {
    store.set({ of: 'digits', symbol: 'z', cell: { tensor: 'z1', index: [0, 0, 0] } });
    expect(idsOf('lit')).toEqual(['z', 'conv1']);
    fireEvent.pointerOut(at('z'), { relatedTarget: at('prose') });
    expect(store.get().cell).toBeDefined();
  });

  it('does nothing for a run that is not on the page, and nothing once it is taken back', () => {
    fireEvent.pointerOver(at('other'));
    expect(store.get()).toEqual({});
    fireEvent.pointerOver(at('w'));
    uninstall();
    expect(idsOf('lit')).toEqual([]);
    fireEvent.pointerOver(at('a1'));
    expect(store.get().symbol).toBe('w');
  });
});
