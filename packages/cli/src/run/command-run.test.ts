import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Terminal } from '../output/terminal.js';
import { scratch } from '../testing/scratch.js';
import { CommandRun } from './command-run.js';

const folder = scratch();
const none = (): undefined => undefined;
const terminal: Terminal = {
  data: none,
  say: none,
  live: false,
  bold: String,
  dim: String,
  stream: process.stderr,
};

test('what a run opened is closed when its command fails', async () => {
  const closed: string[] = [];
  const listeners = process.listenerCount('SIGINT');
  const results = join(folder, 'failed');
  const command = async (): Promise<void> => {
    await using run = new CommandRun({}, terminal);
    run.closing(() => void closed.push(readdirSync(results).join()));
    const staging = await run.results(results);
    run.closing(() => void closed.push('last'));
    await staging.write('a.txt', 'one');
    expect(process.listenerCount('SIGINT')).toBe(listeners + 1);
    throw new Error('it failed');
  };
  await expect(command()).rejects.toThrow('it failed');
  // What was opened before the folder for results is closed behind it, when that is empty again.
  expect(closed).toEqual(['last', '']);
  expect(existsSync(results)).toBe(true);
  expect(process.listenerCount('SIGINT')).toBe(listeners);
});

test('plug-ins are opened once', async () => {
  await using run = new CommandRun({ plugin: [] }, terminal);
  expect(await run.plugins()).toBe(await run.plugins());
});

test('an interrupt aborts the signal of a run that asked for it, and a second one ends the process, closed or not', async () => {
  const before = process.listeners('SIGINT');
  const exit = jest.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  {
    await using run = new CommandRun({}, terminal);
    const signal = run.heedInterrupts();
    expect(signal.aborted).toBe(false);
    process.emit('SIGINT');
    expect(signal.aborted).toBe(true);
    expect(exit).not.toHaveBeenCalled();
  }
  process.emit('SIGINT');
  expect(exit).toHaveBeenCalledWith(130);
  exit.mockRestore();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    for (const listener of process.listeners(name))
      if (!before.includes(listener)) process.off(name, listener);
});
