import { sampleReport } from '../testing/sample-report.js';
import { linkOf, readLink, worstCell } from './cell-link.js';

describe('links to cells', () => {
  const report = sampleReport();

  test('lead back to the cell', () => {
    const linked = {
      network: 0,
      cell: { column: 'node tfjs:cpu', row: 'lrp-epsilon(epsilon=0.1)' },
    };
    expect(readLink(report, linkOf(report, linked))).toEqual(linked);
  });

  test('to what the report lacks are nothing', () => {
    expect(readLink(report, '')).toBeUndefined();
    expect(readLink(report, '#network=default&backend=node+x&method=gradient')).toBeUndefined();
    expect(
      readLink(report, '#network=other&backend=node+tfjs:cpu&method=gradient'),
    ).toBeUndefined();
  });

  test('the page opens with the largest error', () => {
    expect(worstCell(report, 0)).toEqual({ column: 'chromium tfjs:webgl', row: 'pattern-net' });
  });
});
