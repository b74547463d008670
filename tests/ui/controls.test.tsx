import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RunStatus } from '#src/training/runState.ts';
import { RunControls, type RunControlsProps } from '#src/ui/RunControls.tsx';
import { show } from './setup.tsx';

function props(status: RunStatus, changed: Partial<RunControlsProps> = {}): RunControlsProps {
  const nothing = () => undefined;
  const handlers = { onRun: nothing, onPause: nothing, onStep: nothing, onStartAgain: nothing, onNewSeed: nothing };
  const rest = { stepsPerSecond: 'full' as const, isSlowMotion: false, onSpeed: nothing, onSlowMotion: nothing };
  return { status, ...handlers, ...rest, ...changed };
}

const button = (name: string) => screen.getByRole('button', { name });

afterEach(() => {
  vi.useRealTimers();
});

describe('the row that runs a network', () => {
  it('names its buttons in the language of the page', () => {
    const { showAgain, unmount } = show(<RunControls {...props('paused')} />, 'zh');
    for (const name of ['运行', '单步', '从头开始', '换种子', '慢动作']) expect(button(name)).toBeDefined();
    showAgain(<RunControls {...props('running')} />);
    expect(button('暂停')).toBeDefined();
    unmount();
    show(<RunControls {...props('paused')} />, 'en');
    for (const name of ['Run', 'One step', 'Start again', 'New seed']) expect(button(name)).toBeDefined();
  });

  it('keeps one button, and the focus on it, when Run becomes Pause', () => {
    const { showAgain } = show(<RunControls {...props('paused')} />);
    const run = button('Run');
    run.focus();
    showAgain(<RunControls {...props('running')} />);
    expect(button('Pause')).toBe(run);
    expect(document.activeElement).toBe(run);
  });

  it('says why a control does nothing, and does nothing', () => {
    const onStartAgain = vi.fn();
    show(<RunControls {...props('idle', { onStartAgain })} />);
    const again = button('Start again');
    fireEvent.click(again);
    expect(onStartAgain).not.toHaveBeenCalled();
    expect(again.getAttribute('aria-disabled')).toBe('true');
    const reason = document.getElementById(again.getAttribute('aria-describedby') ?? '');
    expect(reason?.textContent).toBe('Nothing to start again: no step has been done yet.');
  });

  it('says on focus what a control does to learning', () => {
    const { container } = show(<RunControls {...props('paused')} />);
    fireEvent.focus(button('One step'));
    expect(container.querySelector('p')?.textContent).toBe('One batch, one update of every weight.');
  });

  it('says what it waits for after 300 milliseconds of loading, not before', () => {
    vi.useFakeTimers();
    show(<RunControls {...props('loading', { loading: 'data' })} />);
    act(() => void vi.advanceTimersByTime(299));
    expect(screen.getByRole('status').textContent).toBe('');
    act(() => void vi.advanceTimersByTime(1));
    expect(screen.getByRole('status').textContent).toBe('Waiting for the data.');
  });

  it('offers six speeds, and one from the address beside them', () => {
    const onSpeed = vi.fn();
    const { showAgain } = show(<RunControls {...props('paused', { onSpeed })} />);
    const speed = screen.getByRole('combobox', { name: 'Speed' });
    expect(speed.querySelectorAll('option')).toHaveLength(6);
    fireEvent.change(speed, { target: { value: '5' } });
    expect(onSpeed).toHaveBeenCalledWith(5);
    showAgain(<RunControls {...props('paused', { stepsPerSecond: 7 })} />);
    expect([...speed.querySelectorAll('option')].map(({ value }) => value)).toEqual('1 2 5 7 10 30 full'.split(' '));
  });

  it('turns slow motion on and off', () => {
    const onSlowMotion = vi.fn();
    show(<RunControls {...props('paused', { isSlowMotion: true, onSlowMotion })} />);
    const slow = button('Slow motion');
    expect(slow.getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(slow);
    expect(onSlowMotion).toHaveBeenCalledWith(false);
  });
});
