import { BACKEND_IDS, MODEL_FORMATS } from '@patternlens/explain/node';
import { DEFAULT_MODEL } from '../models/model-names.js';
import { MODEL } from '../arguments/positional.js';
import { COMMANDS } from '../commands/commands.js';
import { succeed } from '../testing/run-cli.js';

jest.setTimeout(120_000);

/** What a help says, without its line breaks. */
async function helpOf(command: string): Promise<string> {
  return (await succeed([command, '--help'])).stdout.replaceAll(/\s+/g, ' ');
}

const commands = Object.keys(COMMANDS);

test('every backend stands in the help of each command that takes one', async () => {
  const takers: string[] = [];
  for (const command of commands) {
    const help = await helpOf(command);
    if (!help.includes('--backend <')) continue;
    takers.push(command);
    for (const id of BACKEND_IDS)
      expect([command, help]).toEqual([command, expect.stringContaining(id)]);
  }
  expect(takers).toEqual([
    'demo',
    'fit',
    'explain',
    'activations',
    'occlusion',
    'bench',
    'evaluate',
  ]);
});

test('every kind of model stands in the help of each command that takes one', async () => {
  const kinds = [...Object.values(MODEL_FORMATS).map(({ name }) => name), DEFAULT_MODEL];
  const takers = commands.filter((name) => COMMANDS[name]!.takes.some((taken) => taken === MODEL));
  expect(takers).toEqual([
    'inspect',
    'fit',
    'explain',
    'activations',
    'occlusion',
    'export',
    'bench',
    'evaluate',
  ]);
  for (const command of takers) {
    const help = await helpOf(command);
    for (const kind of kinds)
      expect([command, help]).toEqual([command, expect.stringContaining(kind)]);
  }
});
