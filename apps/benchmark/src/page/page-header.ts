import { briefError, counted, element } from '@patternlens/page';
import type { BenchmarkReport } from '../report/benchmark-report.js';
import { verdict } from './verdict.js';

/** What the page is, and the whole report in one sentence. */
export function pageHeader(report: BenchmarkReport): HTMLElement {
  const { text, state } = verdict(report);
  const facts = [
    `PatternLens ${report.patternlens}`,
    dateText(report.created),
    counted(report.networks.length, 'network'),
    report.hosts.map(({ name }) => name).join(' and '),
  ];
  return element(
    'header',
    { class: 'page-header' },
    element('a', { class: 'skip', href: '#report-main', click: skip }, 'Skip to the matrix'),
    element('h1', {}, 'Benchmark of backends'),
    element(
      'p',
      { class: 'page-facts' },
      facts.filter((fact) => fact !== '').map((fact) => element('span', {}, fact)),
    ),
    element(
      'p',
      { class: 'verdict', 'data-state': state },
      element('span', { class: 'verdict-mark', 'aria-hidden': 'true' }, MARKS[state]),
      element('span', {}, text),
    ),
    element(
      'p',
      { class: 'quiet' },
      'Each backend explains the same samples with the same patterns. Its error is the relative L2 distance to a float64 ' +
        `reference that takes the backend's own decisions of rectifiers and pools; ${briefError(report.limit)} is the limit.`,
    ),
  );
}

const MARKS = { agree: '✓', partly: '!', none: '✕' } as const;

/** The hash belongs to cells, so the jump is made by hand. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('report-main')?.focus();
}

/** `2026-11-23T18:00:00Z` as `23 November 2026, 18:00 UTC`; the text itself where it is no date. */
export function dateText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
  return `${day.format(date)}, ${date.toISOString().slice(11, 16)} UTC`;
}
