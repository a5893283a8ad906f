import { describe, expect, it } from '@jest/globals';
import type { EvCertificateQuery } from '@ocpp-gw/ocpp-j';
import { recordingLogger } from '../testdata/recording-logger.ts';
import { EvCertificates } from './ev-certificates.ts';
import { down, fakeBackend } from './testdata/fake-backend.ts';

const query: EvCertificateQuery = {
  iso15118SchemaVersion: 'urn:iso:15118:2:2013:MsgDef',
  action: 'Install',
  exiRequest: 'gJgC',
};

describe(EvCertificates.name, () => {
  it('come from the backend, byte for byte (M01)', async () => {
    const { ask, asked } = fakeBackend(() => ({ status: 'accepted', exi_response: 'gKgC' }));
    expect(await new EvCertificates(ask, recordingLogger()).request('CP1', query)).toEqual({
      ok: true,
      exiResponse: 'gKgC',
    });
    expect(asked).toEqual([
      [
        '/api/eveys/iso15118/ev-certificate',
        'CP1',
        { iso15118_schema_version: 'urn:iso:15118:2:2013:MsgDef', action: 'Install', exi_request: 'gJgC' },
      ],
    ]);
  });

  it.each([
    ['refuses', () => ({ status: 'failed' }), 'refused'],
    ['accepts without one', () => ({ status: 'accepted' }), 'refused'],
    ['answers no base64', () => ({ status: 'accepted', exi_response: '<exi>' }), 'cannot be reached'],
    ['answers more than fits', () => ({ status: 'accepted', exi_response: 'A'.repeat(7504) }), 'cannot be reached'],
    ['is away', down, 'cannot be reached'],
  ])('are refused where the backend %s', async (_what, answer, reason) => {
    const { ask } = fakeBackend(answer);
    expect(await new EvCertificates(ask, recordingLogger()).request('CP1', query)).toEqual({
      ok: false,
      reason: expect.stringContaining(reason),
    });
  });

  it('are refused where nobody issues them, and the reason says so', async () => {
    expect(await new EvCertificates(null, recordingLogger()).request('CP1', query)).toEqual({
      ok: false,
      reason: 'this operator issues no contract certificates',
    });
  });
});
