import { readText, ROOT } from './testing/repository.js';
import { runNode } from './testing/run-node.js';

type Doors = Readonly<Record<string, readonly string[]>>;

const { status, stdout, stderr } = runNode(['tools/scripts/write-doors.js', '--print'], ROOT);

describe('what the packages export', () => {
  const doors = JSON.parse(status === 0 ? stdout : '{}') as Doors;

  test('can be read', () => {
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  // Where this fails and the change is meant: node tools/scripts/write-doors.js
  test('is what tools/doors.json lists', () => {
    expect(doors).toEqual(JSON.parse(readText('tools/doors.json')));
  });

  test('the main door of core has 80 names at most', () => {
    expect(doors['@patternlens/core']!.length).toBeLessThanOrEqual(80);
  });

  test('no name of core stands in two doors', () => {
    const names = Object.entries(doors)
      .filter(([door]) => /^@patternlens\/core(\/|$)/.test(door))
      .flatMap(([, names]) => names.map((name) => name.replace(/^type /, '')));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});
