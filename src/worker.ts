import { startBackend, tensorsInMemory } from '#src/engine/backends.ts';
import { programBackend } from '#src/engine/program/backend.ts';
import { createStepper } from '#src/engine/program/stepper.ts';
import type { Command, Report } from '#src/training/protocol.ts';
import { createServer } from '#src/training/server.ts';
import type { TaskModule } from '#src/training/task.ts';

const tasks = import.meta.glob<TaskModule>('./playgrounds/*/task.ts');
const files = import.meta.glob<string>('/datasets/*/*.data', { query: '?url', import: 'default', eager: true });

/** Messages come in between two macrotasks; a message channel is the fastest way to one (a timer waits 4 ms). */
const channel = new MessageChannel();
let proceed: () => void = () => {};
channel.port1.onmessage = () => proceed();

async function readFile(file: string): Promise<ArrayBuffer> {
  const response = await fetch(files[`/datasets/${file}`] ?? file);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.arrayBuffer();
}

const server = createServer({
  post: (report: Report, transfer: ArrayBuffer[] = []) => self.postMessage(report, { transfer }),
  loadTask(playgroundId) {
    const load = tasks[`./playgrounds/${playgroundId}/task.ts`];
    return load ? load() : Promise.reject(new Error(`There is no playground "${playgroundId}".`));
  },
  startBackend,
  createStepper: (task) => createStepper(task, programBackend(), () => performance.now()),
  tensorsInMemory,
  readFile,
  nextTurn: () =>
    new Promise((resolve) => {
      proceed = resolve;
      channel.port2.postMessage(undefined);
    }),
  now: () => performance.now(),
});

self.onmessage = ({ data }: MessageEvent<Command>) => server.receive(data);
