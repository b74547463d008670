import type { Page } from '@playwright/test';
import type { Command, ProgramReport, ProgramState, Report } from '#src/training/protocol.ts';

/**
 * From now on the page's workers only say what a real one would: a run that takes a step a frame, records the third and
 * is replayed from the fifth on, with this report. So a look at a program does not depend on the engine of the day.
 */
export async function playProgram(page: Page, program: ProgramReport | undefined, plain?: ProgramState): Promise<void> {
  await page.addInitScript(
    ({ program, plain }) => {
      globalThis.Worker = class {
        onmessage: ((event: { data: Report }) => void) | null = null;
        #runId = '';
        #step = 0;
        #isPaused = true;
        #say(report: Report) {
          setTimeout(() => this.onmessage?.({ data: report }), 0);
        }
        #sayState() {
          const state = this.#isPaused ? 'paused' : 'running';
          this.#say({ type: 'state', runId: this.#runId, state, step: this.#step, metrics: [] });
        }
        postMessage(command: Command) {
          if (command.type === 'start') {
            this.#runId = command.runId;
            this.#isPaused = command.paused;
            const backend = { name: 'wasm', reason: 'default', software: false, refused: [] } as const;
            this.#say({ type: 'started', runId: this.#runId, backend, parameters: 9098, step: 0 });
            this.#sayState();
          } else if (command.type === 'pause' || command.type === 'resume') {
            this.#isPaused = command.type === 'pause';
            this.#sayState();
          } else if (command.type === 'request-frame') {
            if (!this.#isPaused) this.#step += 1;
            const [runId, step] = [this.#runId, this.#step];
            const replayed: ProgramState =
              step < 3
                ? { state: 'plain', why: 'not-yet' }
                : step < 5
                  ? { state: 'recording' }
                  : { state: 'replayed', since: 5 };
            const facts = { tensors: 22, millisecondsPerStep: 14, program: plain ?? replayed };
            this.#say({ type: 'frame', runId, step, metrics: [], snapshot: {}, ...facts });
          } else if (command.type === 'ask-program') {
            this.#say({ type: 'program', runId: this.#runId, program });
          }
        }
        terminate() {}
      } as unknown as typeof Worker;
    },
    { program, plain },
  );
}
