import { describe, expect, it } from '@jest/globals';
import { planViews } from './view-plan.ts';

const file = (view: string, checksum: string): Parameters<typeof planViews>[0][number] => ({
  view,
  checksum,
  statement: '',
});

describe('planViews', () => {
  it('replaces what is new or changed, in the order of the files', () => {
    const files = [file('b', '1'), file('a', '2'), file('c', '3')];
    const applied = [
      { view: 'b', checksum: '1' },
      { view: 'c', checksum: '0' },
    ];
    expect(planViews(files, applied)).toEqual({ replaced: [files[1], files[2]], dropped: [] });
  });

  it('drops what it made and has no file any more, once', () => {
    const applied = [
      { view: 'a', checksum: '1' },
      { view: 'b', checksum: '' },
    ];
    expect(planViews([], applied)).toEqual({ replaced: [], dropped: ['a'] });
  });

  it('makes a view again that was dropped', () => {
    expect(planViews([file('a', '1')], [{ view: 'a', checksum: '' }]).replaced).toEqual([file('a', '1')]);
  });
});
