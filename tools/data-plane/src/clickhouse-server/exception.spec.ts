import { describe, expect, it } from '@jest/globals';

import { serverException, statusOf, toQueryError } from './exception.ts';

describe('exceptions', () => {
  it('keep the code that the engine gave', () => {
    expect(toQueryError(new Error('Code: 60. DB::Exception: no table. (UNKNOWN_TABLE)\n'))).toMatchObject({
      code: 60,
      message: 'Code: 60. DB::Exception: no table. (UNKNOWN_TABLE)',
    });
  });

  it('word faults of the server itself in the same way', () => {
    expect(toQueryError(new Error('disk on fire'))).toMatchObject({
      code: 1002,
      message: 'Code: 1002. DB::Exception: disk on fire. (UNKNOWN_EXCEPTION)',
    });
    expect(toQueryError('odd')).toMatchObject({ code: 1002 });
    const own = serverException(62, 'SYNTAX_ERROR', 'Empty query');
    expect(toQueryError(own)).toBe(own);
  });

  it('choose the status that ClickHouse chooses', () => {
    expect([62, 60, 81, 115, 159, 48, 241, 1002].map(statusOf)).toEqual([400, 404, 404, 404, 408, 501, 500, 500]);
  });
});
