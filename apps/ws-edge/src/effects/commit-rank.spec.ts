import { describe, expect, it } from '@jest/globals';
import type { Entry } from '@ocpp-gw/persistence/facts';
import { commitRank } from './commit-rank.ts';

const entry = (effect: object, transactions?: object): Entry => ({ effect, transactions }) as unknown as Entry;
const started = entry({ kind: 'transactionStarted' }, { changes: [] });
const status = entry({ kind: 'connectorStatus' });
const ofTransaction = entry({ kind: 'meterValues', transactionId: '7' });
const ofNone = entry({ kind: 'meterValues', transactionId: null });
const clockAligned = entry({ kind: 'meterValues' });

describe('commitRank', () => {
  it.each<[string, Entry[], number]>([
    ['a start', [started], 0],
    ['a status with a start', [status, started], 0],
    ['a status', [status], 1],
    ['readings of a transaction', [ofTransaction], 1],
    ['a status with other readings', [status, clockAligned], 1],
    ['readings of no transaction', [ofNone, clockAligned], 2],
  ])('of %s', (_, entries, rank) => {
    expect(commitRank(entries)).toBe(rank);
  });
});
