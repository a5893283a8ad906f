import { describe, expect, it } from '@jest/globals';
import { dialect } from './dialect.ts';

describe('the dialect of OCPP 2.0.1', () => {
  it('reads passwords one way: they are text', () => {
    const digits = Buffer.from('00112233445566778899aabbccddeeff');
    expect(dialect.passwordReadings(digits)).toEqual([digits]);
  });
});
