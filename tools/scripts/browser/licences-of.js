import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the installed package that a file is in; undefined for files of the workspace. */
const packageOf = (file) => /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];

/** The comment lines that a source file begins with, where they say whose it is. */
function headOf(file) {
  const head = /^(?:\s*\/\/.*\n)+/.exec(readFileSync(file, 'utf8'))?.[0] ?? '';
  return /copyright|SPDX/i.test(head) ? head.replace(/^\s*\/\/ ?/gm, '').trim() : '';
}

/** What a package says of its licence: its file, else what its sources begin with. */
function textOf(folder, files) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (file !== undefined) return readFileSync(join(folder, file), 'utf8').trim();
  const heads = [...new Set(files.map(headOf))].filter((head) => head !== '');
  const says = (head) => heads.every((other) => other === head || !head.startsWith(other));
  return heads.filter(says).join('\n\n');
}

function entryOf([folder, files]) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const source = `https://www.npmjs.com/package/${name}/v/${version}`;
  return `${name} ${version}, ${license}\nSource: ${source}\n\n${textOf(folder, files)}\n`;
}

/** The licences of the packages by others that files belong to, as one text; empty where there are none. */
export function licencesOf(files) {
  const packages = new Map();
  for (const file of files) {
    const folder = packageOf(file);
    if (folder !== undefined) packages.set(folder, [...(packages.get(folder) ?? []), file]);
  }
  return [...packages]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(entryOf)
    .join(`\n${'-'.repeat(80)}\n\n`);
}
