import { describe, expect, it, jest } from '@jest/globals';
import type { PresentChargePoint, PresentChargePointFilter } from './charge-points.ts';
import { select } from './selection.ts';

const point = (cpId: string, online: boolean) => ({ record: { cpId }, presence: { online } }) as PresentChargePoint;

describe('a selection', () => {
  const pages = [
    { items: [point('A', true)], nextCursor: 'next' },
    { items: [point('B', false)], nextCursor: null },
  ];
  const list = jest.fn((filter: PresentChargePointFilter) => Promise.resolve(pages[filter.cursor ? 1 : 0]!));
  const unknown = jest.fn((cpIds: readonly string[]) => Promise.resolve(cpIds.slice(1)));

  it('has every page of the charge points that match', async () => {
    const tags = { site: 'berlin' };
    const found = await select({ list, unknown }, { vendor: 'Acme', firmware_version: '1.2', tags, online: true });
    expect(found).toEqual({
      selected: [
        { cpId: 'A', online: true },
        { cpId: 'B', online: false },
      ],
      unknown: [],
    });
    expect(list).toHaveBeenLastCalledWith(
      expect.objectContaining({ vendor: 'Acme', firmwareVersion: '1.2', tags, online: true, cursor: 'next' }),
    );
    expect(unknown).not.toHaveBeenCalled();
  });

  it('by identities names those that are not registered', async () => {
    const found = await select({ list, unknown }, { cp_ids: ['A', 'None'] });
    expect(found.unknown).toEqual(['None']);
    expect(list).toHaveBeenLastCalledWith(expect.objectContaining({ cpIds: ['A', 'None'] }));
  });
});
