import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPage, stepsOf, weightOf, showFrame } from './page.ts';
import { settle, until } from './workers.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

describe('a worker that dies', () => {
  it('is replaced when it hangs: silence for two seconds while an answer is owed', async () => {
    const { run, trainTo, newest, workers, status } = openPage();
    await trainTo(20);
    await showFrame(run);
    run.run();
    await until(() => status() === 'running');
    newest().hang();
    vi.advanceTimersByTime(60_000); // nothing is owed: nothing is missed
    expect(workers).toHaveLength(1);
    run.requestFrame();
    vi.advanceTimersByTime(1900);
    expect(workers).toHaveLength(1);
    vi.advanceTimersByTime(250);
    expect(workers).toHaveLength(2);
    expect(run.getState()).toMatchObject({ status: 'loading', step: 20 });
    await until(() => status() === 'running');
    await trainTo(30);
    await showFrame(run);
    expect(weightOf(run)).toBe(7 + 30 * 0.5);
    const [notice] = run.getState().notices;
    expect(notice).toMatchObject({ code: 'worker-replaced', values: { from: 20 } });
    run.dismiss('worker-replaced');
    expect(run.getState().notices).toEqual([]);
  });

  it('has ten times as long as a step takes, where steps are slow', async () => {
    const { run, trainTo, newest, workers, clock } = openPage({ withinStep: () => void (clock.now += 1000) });
    await trainTo(20);
    await showFrame(run);
    expect(run.getState().millisecondsPerStep).toBeGreaterThan(999);
    newest().hang();
    run.requestFrame();
    vi.advanceTimersByTime(9900);
    expect(workers).toHaveLength(1);
    vi.advanceTimersByTime(500);
    expect(workers).toHaveLength(2);
  });

  it('has longer for a look at unseen data, which is no step', async () => {
    let isSlow = false;
    let finish: () => void = () => undefined;
    const evaluation = new Promise<void>((resolve) => (finish = resolve));
    const { run, trainTo, workers, newest, status, clock, eachTurn, module } = openPage({
      evaluateEvery: 25,
      withinStep: () => void (clock.now += 20),
      withinEvaluation: () => (isSlow ? evaluation : undefined),
    });
    await trainTo(20);
    await showFrame(run);
    isSlow = true;
    run.run();
    await until(() => newest().reports.at(-1)?.type === 'evaluating');
    run.requestFrame();
    vi.advanceTimersByTime(3500);
    expect(workers).toHaveLength(1);
    eachTurn(() => stepsOf(module.calls) === 30 && run.setSpeed(1));
    finish();
    await until(() => module.calls.includes('step 30') && !run.isFrameWanted());
    vi.advanceTimersByTime(60_000); // its end was heard
    expect(workers).toHaveLength(1);
    expect(status()).toBe('running');
  });

  it('may take any time to load', async () => {
    const { run, workers, status, newest } = openPage({ load: () => new Promise(() => undefined) });
    run.run();
    await settle();
    vi.advanceTimersByTime(600_000);
    expect(status()).toBe('loading');
    expect(workers).toHaveLength(1);
    newest().crash();
    run.stepOnce();
    vi.advanceTimersByTime(600_000);
    expect(workers).toHaveLength(2);
  });

  it('loses no change that it had not taken yet', async () => {
    const { run, trainTo, newest, status } = openPage();
    await trainTo(20);
    newest().hang();
    run.setHyperparameters({ learningRate: 2 });
    newest().crash();
    await until(() => status() === 'paused');
    await trainTo(22);
    await showFrame(run);
    expect(weightOf(run)).toBe(7 + 20 * 0.5 + 2 * 2);
  });

  it('stays paused after its replacement if it was', async () => {
    const { run, trainTo, newest, status } = openPage();
    await trainTo(20);
    newest().crash();
    await until(() => status() === 'paused');
    await settle();
    expect(run.getState().step).toBe(20);
  });

  it('breaks the promise of an answer with a reason', async () => {
    const { run, trainTo, newest } = openPage();
    await trainTo(2);
    newest().hang();
    const answer = run.ask({ type: 'weigh' });
    newest().crash();
    await expect(answer).rejects.toThrow('The worker was replaced.');
  });

  it('leaves a divergence to be read', async () => {
    const { run, newest, status, workers } = openPage({ lossAt: () => Number.NaN });
    run.run();
    await until(() => status() === 'failed');
    newest().crash();
    expect(run.getState().divergence).toMatchObject({ step: 1 });
    run.run();
    await until(() => workers.length === 2);
  });

  it('is given up after three that were replaced in one run, and tried anew by Run', async () => {
    const { run, newest, status, workers } = openPage();
    run.run();
    for (let worker = 1; worker <= 3; worker += 1) {
      await until(() => status() === 'running');
      newest().crash();
      expect(status()).toBe('loading');
    }
    await until(() => status() === 'running');
    newest().crash();
    expect(run.getState()).toMatchObject({ status: 'failed', failure: { code: 'unexpected' } });
    expect(workers).toHaveLength(4);
    run.run();
    await until(() => status() === 'running');
    newest().crash();
    await until(() => status() === 'running');
  });
});
