import type { Calls, Job, Timed } from '../job.ts';

/** Answers the one job that this worker is made for. */
export function serve(answer: (job: Job) => Promise<Timed | Calls>): void {
  self.onmessage = ({ data }: MessageEvent<Job>) => {
    answer(data).then(
      (result) => self.postMessage(result),
      (error: unknown) => self.postMessage({ error: error instanceof Error ? error.message : String(error) }),
    );
  };
  self.postMessage('ready');
}
