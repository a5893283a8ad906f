import { expect, it } from '@jest/globals';
import { renderTable } from './report.ts';

it('renderTable shows what is known of each image', () => {
  expect(
    renderTable([
      { app: 'ws-edge', sizeBytes: 151_400_000, user: '65532:65532', bootMs: 2310, drainMs: 5120 },
      { app: 'command-api' },
    ]),
  ).toBe(
    [
      'image          size         user   boot  drain',
      'ws-edge      151 MB  65532:65532  2.3 s  5.1 s',
      'command-api       -            -      -      -',
    ].join('\n'),
  );
});
