// Writes tools/doors.json: every name that the published packages export, door by door. With --print, to standard output only.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { doorsOf } from './doors.js';

const text = `${JSON.stringify(doorsOf(), null, 2)}\n`;
if (process.argv.includes('--print')) process.stdout.write(text);
else {
  const file = fileURLToPath(new URL('../doors.json', import.meta.url));
  writeFileSync(file, text);
  console.log(`wrote ${file}`);
}
