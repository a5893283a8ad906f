import { describe, expect, it } from '@jest/globals';
import { clearDisplayMessage } from './clear-display-message.ts';

describe('ClearDisplayMessage', () => {
  it('names the message (TC_O_04)', () => {
    expect(clearDisplayMessage.toCall({ kind: 'ClearDisplayMessage', id: 1 })).toEqual({
      ok: true,
      action: 'ClearDisplayMessage',
      payload: { id: 1 },
    });
  });

  it('clears it, whether the station had it (Accepted) or not (Unknown, TC_O_05)', () => {
    expect(clearDisplayMessage.mirror.answered({ id: 1 })).toEqual([{ kind: 'displayMessageCleared', id: 1 }]);
  });
});
