import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRun } from '#src/training/run.ts';
import { spec } from './fakeTask.ts';
import { openPage, showFrame, checkpointAt } from './page.ts';
import { settle, until } from './workers.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

describe('questions', () => {
  const trained = { load: () => Promise.resolve(checkpointAt(0, 1234)) };

  it('are answered from the stored trained state before the first start, which they are not', async () => {
    const { run, status } = openPage({}, { trained });
    const answer = await run.ask({ type: 'weigh' });
    expect(answer['weight']?.values).toEqual(Float32Array.of(1234));
    await settle();
    expect(run.getState()).toMatchObject({ status: 'idle', step: 0, series: {} });
    await showFrame(run);
    expect(run.getState().isStored).toBe(true);
    run.run();
    await until(() => status() === 'running');
    expect((await run.ask({ type: 'weigh' }))['weight']?.values[0]).toBeLessThan(1000);
  });

  it('are answered from the weights of this run after it, also when another run has had the device', async () => {
    const page = openPage({}, { trained });
    await page.trainTo(4);
    expect((await page.run.ask({ type: 'weigh' }))['weight']?.values).toEqual(Float32Array.of(9));
    const second = createRun({ id: 'other', spec, client: page.client });
    second.run();
    await until(() => second.getState().status === 'running');
    expect((await page.run.ask({ type: 'weigh' }))['weight']?.values).toEqual(Float32Array.of(9));
    expect(second.getState().status).toBe('paused');
  });

  it('are refused where there is no network, or the task does not know them', async () => {
    await expect(openPage().run.ask({ type: 'weigh' })).rejects.toThrow('There is no network to ask.');
    const { run, trainTo } = openPage();
    await trainTo(1);
    await expect(run.ask({ type: 'sing' })).rejects.toThrow('Only "weigh" can be asked.');
  });

  it('survive the loss of the worker that held the stored state', async () => {
    const { run, newest, status } = openPage({}, { trained });
    await run.ask({ type: 'weigh' });
    newest().crash();
    expect(status()).toBe('idle');
    expect((await run.ask({ type: 'weigh' }))['weight']?.values).toEqual(Float32Array.of(1234));
  });

  it('show the stored picture only until the run has its own', async () => {
    const { run, trainTo } = openPage();
    run.showStored(checkpointAt(0, 5).tensors);
    expect(run.getState()).toMatchObject({ isStored: true });
    const stored = run.getState().snapshot;
    await trainTo(1);
    run.showStored(checkpointAt(0, 6).tensors);
    expect(run.getState().snapshot).toBe(stored);
    run.requestFrame();
    await until(() => !run.getState().isStored);
    expect(run.getState().snapshot).not.toBe(stored);
  });
});
