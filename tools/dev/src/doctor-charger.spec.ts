import { describe, expect, it } from '@jest/globals';
import { textOf } from './doctor-charger.ts';

describe('the text of a diagnosis', () => {
  it('has a line for each check, and under it what to do', () => {
    const text = textOf({
      cp_id: 'CP1',
      summary: 'Its password is wrong.',
      checks: [
        { name: 'boot', state: 'ok', says: 'It is Accepted.', to_do: null },
        { name: 'handshakes', state: 'problem', says: 'Its password is wrong.', to_do: 'Set one.' },
      ],
    });
    expect(text).toBe(
      [
        'CP1: Its password is wrong.',
        '',
        'ok       boot        It is Accepted.',
        'PROBLEM  handshakes  Its password is wrong.',
        '                     -> Set one.',
      ].join('\n'),
    );
  });
});
