import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { acceptableDeflate } from './deflate-offer.ts';

describe('acceptableDeflate', () => {
  it.each([
    ['permessage-deflate', 'permessage-deflate'],
    ['permessage-deflate; client_max_window_bits', 'permessage-deflate; client_max_window_bits'],
    ['permessage-deflate;client_max_window_bits="10"', 'permessage-deflate; client_max_window_bits=10'],
    ['permessage-deflate; server_max_window_bits = 15', 'permessage-deflate; server_max_window_bits=15'],
    [', ,permessage-deflate;,', 'permessage-deflate'],
    ['x-webkit-deflate-frame, permessage-deflate', 'permessage-deflate'],
    ['foo; bar="a,b;c", permessage-deflate', 'permessage-deflate'],
    ['permessage-deflate; foo=1, permessage-deflate', 'permessage-deflate'],
    [
      'permessage-deflate; server_max_window_bits=8, permessage-deflate; server_max_window_bits=9',
      'permessage-deflate; server_max_window_bits=9',
    ],
    ['((broken, permessage-deflate; server_no_context_takeover', 'permessage-deflate; server_no_context_takeover'],
  ])('F21 accepts of %j the first offer that it can: %j', (header, accepted) => {
    expect(acceptableDeflate(header)).toBe(accepted);
  });

  it.each([
    undefined,
    '',
    ',',
    'foo',
    'Permessage-Deflate-x',
    'permessage-deflate; foo=1',
    'permessage-deflate; foo',
    'permessage-deflate; __proto__',
    'permessage-deflate; toString',
    'permessage-deflate; client_max_window_bits=7',
    'permessage-deflate; client_max_window_bits=16',
    'permessage-deflate; client_max_window_bits=08',
    'permessage-deflate; client_max_window_bits=',
    'permessage-deflate; client_max_window_bits="15',
    'permessage-deflate; client_max_window_bits; client_max_window_bits',
    'permessage-deflate; client_no_context_takeover=1',
    'permessage-deflate; server_max_window_bits',
    'permessage-deflate; server_max_window_bits=8',
    'permessage-deflate; =1',
    'permessage-deflate client_max_window_bits',
    '"permessage-deflate"',
  ])('F21 declines all of %j', (header) => {
    expect(acceptableDeflate(header)).toBeNull();
  });

  it('never throws, and gives back what it accepts once more', () => {
    const parts = fc.constantFrom(
      ...[
        'permessage-deflate',
        'client_max_window_bits',
        'server_max_window_bits',
        ';',
        ',',
        '=',
        '"',
        '\\',
        '9',
        '15',
        ' ',
      ],
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, fc.string({ maxLength: 3 })), { maxLength: 20 }), (tokens) => {
        const accepted = acceptableDeflate(tokens.join(''));
        if (accepted !== null) expect(acceptableDeflate(accepted)).toBe(accepted);
      }),
    );
  });
});
