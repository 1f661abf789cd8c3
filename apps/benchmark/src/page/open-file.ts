import { element } from '@patternlens/page';
import type { BenchmarkReport } from '../report/benchmark-report.js';
import { readReport } from './read-report.js';

/** A button that opens a report file. */
export function openFile(
  label: string,
  opened: (name: string, report: BenchmarkReport) => void,
  failed: (error: unknown) => void,
): HTMLElement {
  const input = element('input', {
    type: 'file',
    accept: '.json,application/json',
    class: 'unseen',
    change: () => {
      const file = input.files?.[0];
      input.value = '';
      if (file !== undefined) void read(file, opened, failed);
    },
  });
  return element('label', { class: 'action' }, input, element('span', {}, label));
}

/** Reads a dropped or chosen file as a report. */
export async function read(
  file: File,
  opened: (name: string, report: BenchmarkReport) => void,
  failed: (error: unknown) => void,
): Promise<void> {
  try {
    opened(file.name, readReport(await file.text()));
  } catch (error) {
    failed(error);
  }
}
