import { describe, expect, it } from '@jest/globals';
import { TOPICS } from '@ocpp-gw/contracts';
import type { Effect } from '@ocpp-gw/ocpp-j';
import { effectsOnPostgres } from './testdata/on-postgres.ts';

const now = new Date('2026-04-01T10:00:00Z');
const time = { at: new Date('2026-04-01T09:59:58Z') };

describe('what stations tell of their firmware, logs and security, on Postgres', () => {
  const { commitAt, rows, published } = effectsOnPostgres('effects-notifications', { protocol: 'ocpp1.6' });
  const commit = (...effects: Effect[]) => commitAt(now, ...effects);

  describe('firmware', () => {
    const requested = (requestId?: number): Effect => ({
      kind: 'firmwareUpdateRequested',
      signed: requestId !== undefined,
      location: 'https://firmware.example/1.bin',
      retrieveAt: now,
      ...(requestId === undefined ? {} : { requestId }),
    });
    const status = (text: string, requestId?: number, signed = requestId !== undefined): Effect => ({
      kind: 'firmwareStatus',
      status: text,
      signed,
      time,
      ...(requestId === undefined ? {} : { requestId }),
    });
    const updates = () => rows('firmware_updates', 'id, request_id AS request, signed, status');

    it('goes to the latest update of its kind, and the same status again tells nobody', async () => {
      await commit(requested());
      await commit(requested());
      await commit(requested(5));
      await commit(status('Downloading'));
      await commit(status('Downloading'));
      await commit(status('Downloaded'), status('Installed'));
      expect(await updates()).toMatchObject([
        { request: null, signed: false, status: null },
        { request: null, signed: false, status: 'Installed' },
        { request: 5, signed: true, status: null },
      ]);
      const events = await published();
      expect(events.map(({ topic }) => topic)).toEqual([TOPICS.firmware, TOPICS.firmware, TOPICS.firmware]);
      expect(events[0]?.event.payload).toEqual({
        $case: 'firmwareStatusChanged',
        value: { status: 'Downloading', ocppRequestId: undefined, signed: false },
      });
    });

    it('goes to the signed update that it names', async () => {
      await commit(requested(5), requested(6));
      await commit(status('SignatureVerified', 5));
      await commit(status('InstallRebooting', undefined, true));
      expect(await updates()).toMatchObject([
        { request: 5, status: 'SignatureVerified' },
        { request: 6, status: 'InstallRebooting' },
      ]);
    });

    it('of an update that nobody asked for makes a row of its own; a request that was overtaken finds it', async () => {
      await commit(status('Downloading', 7));
      await commit(status('Downloading', 7));
      await commit(status('Installing'));
      const columns = 'id, request_id AS request, status, status_at, location, requested_at AS requested';
      expect(await rows('firmware_updates', columns)).toMatchObject([
        { request: 7, status: 'Downloading', status_at: time.at, location: null, requested: null },
        { request: null, status: 'Installing', requested: null },
      ]);
      expect(await published()).toHaveLength(2);
      await commit(requested(7));
      await commit(requested(7));
      expect(await rows('firmware_updates', columns)).toMatchObject([
        { request: 7, status: 'Downloading', location: 'https://firmware.example/1.bin', requested: now },
        { request: null },
      ]);
    });

    it('that is Idle speaks of no update: it is published, and changes no row (1.6 section 7.25)', async () => {
      await commit(status('Idle'));
      expect(await updates()).toEqual([]);
      await commit(requested());
      await commit(status('Installed'), status('Idle'));
      expect(await updates()).toMatchObject([{ status: 'Installed' }]);
      const ids = (await published()).map(({ event }) => event.id);
      expect(ids).toHaveLength(3);
      // The same moment: the repetition has the same id, and consumers know it.
      expect(new Set(ids).size).toBe(2);
    });
  });

  describe('uploads', () => {
    const status = (upload: 'diagnostics' | 'log', text: string, requestId?: number): Effect => ({
      kind: 'logStatus',
      upload,
      status: text,
      time,
      ...(requestId === undefined ? {} : { requestId }),
    });
    const requested = (logType: 'Diagnostics' | 'SecurityLog', requestId?: number): Effect => ({
      kind: 'logRequested',
      logType,
      location: 'ftp://logs.example/',
      oldest: time.at,
      fileName: 'a.log',
      ...(requestId === undefined ? {} : { requestId }),
    });
    const uploads = () => rows('log_uploads', 'id, log_type AS type, request_id AS request, status');

    it('go to the request that began them, diagnostics apart from logs', async () => {
      await commit(requested('Diagnostics'));
      await commit(requested('SecurityLog', 3), requested('SecurityLog', 4));
      await commit(status('diagnostics', 'Uploading'), status('log', 'Uploading', 3), status('log', 'Uploaded'));
      await commit(status('diagnostics', 'Uploading'), status('log', 'Uploading', 3), status('log', 'Uploaded'));
      expect(await uploads()).toMatchObject([
        { type: 'Diagnostics', request: null, status: 'Uploading' },
        { type: 'SecurityLog', request: 3, status: 'Uploading' },
        { type: 'SecurityLog', request: 4, status: 'Uploaded' },
      ]);
      expect((await published()).map(({ topic, event }) => [topic, event.payload?.value])).toEqual([
        [TOPICS.log, { status: 'Uploading', ocppRequestId: undefined, diagnostics: true }],
        [TOPICS.log, { status: 'Uploading', ocppRequestId: 3, diagnostics: false }],
        [TOPICS.log, { status: 'Uploaded', ocppRequestId: undefined, diagnostics: false }],
      ]);
    });

    it('that nobody asked for make rows of their own; Idle makes none', async () => {
      await commit(status('log', 'Idle'), status('log', 'UploadFailure', 8), status('diagnostics', 'Uploaded'));
      expect(await uploads()).toMatchObject([
        { type: 'Unknown', request: 8, status: 'UploadFailure' },
        { type: 'Diagnostics', request: null, status: 'Uploaded' },
      ]);
      await commit(requested('SecurityLog', 8));
      expect(await uploads()).toMatchObject([{ type: 'SecurityLog', status: 'UploadFailure' }, {}]);
    });
  });

  describe('signing requests', () => {
    const request = (csr: string, refusal?: string): Effect => ({
      kind: 'signingRequest',
      csr,
      time,
      ...(refusal === undefined ? { key: { publicKey: 'PEM', commonName: 'CP1' } } : { refusal }),
    });
    const settled = (accepted: boolean): Effect => ({ kind: 'certificateAccepted', chain: 'CHAIN', accepted });
    const signings = () => rows('certificate_signings', 'id, csr, state, certificate_chain AS chain, refusal');

    it('wait once, however often they come, and the latest is settled by the answer of the station', async () => {
      await commit(request('one'));
      await commit(request('one'));
      await commit(request('two'));
      await commit(settled(true));
      expect(await signings()).toMatchObject([
        { csr: 'one', state: 'requested', chain: null },
        { csr: 'two', state: 'accepted', chain: 'CHAIN' },
      ]);
      const events = await published();
      expect(events.map(({ topic }) => topic)).toEqual([TOPICS.security, TOPICS.security]);
      expect(events[0]?.event.payload).toEqual({
        $case: 'certificateSigningRequested',
        value: { csr: 'one', status: 'Accepted', refusal: '', commonName: 'CP1', certificateType: '' },
      });
      await commit(settled(false));
      await commit(settled(false));
      expect(await signings()).toMatchObject([{ state: 'rejected' }, { state: 'accepted' }]);
    });

    it('that were refused are kept with the reason, once', async () => {
      await commit(request('short', 'the RSA key has 1024 bits'));
      await commit(request('short', 'the RSA key has 1024 bits'));
      expect(await signings()).toMatchObject([{ state: 'refused', refusal: 'the RSA key has 1024 bits' }]);
      expect((await published()).map(({ event }) => event.payload)).toMatchObject([{ value: { status: 'Rejected' } }]);
      await commit(settled(true));
      expect(await signings()).toMatchObject([{ state: 'refused' }]);
    });

    it('for an ISO 15118 certificate are settled apart from those for the own one of the station', async () => {
      const ofType = (csr: string, certificateType: string): Effect => ({ ...request(csr), certificateType }) as Effect;
      await commit(request('older'), ofType('own', 'ChargingStationCertificate'), ofType('v2g', 'V2GCertificate'));
      await commit(settled(true));
      await commit({ ...settled(false), certificateType: 'V2GCertificate' } as Effect);
      expect(await rows('certificate_signings', 'id, csr, certificate_type AS type, state')).toMatchObject([
        { csr: 'older', type: null, state: 'requested' },
        { csr: 'own', type: 'ChargingStationCertificate', state: 'accepted' },
        { csr: 'v2g', type: 'V2GCertificate', state: 'rejected' },
      ]);
      expect((await published()).map(({ event }) => event.payload)).toMatchObject([
        { value: { certificateType: '' } },
        { value: { certificateType: 'ChargingStationCertificate' } },
        { value: { certificateType: 'V2GCertificate' } },
      ]);
    });

    it('that come again after the station settled them wait anew', async () => {
      await commit(request('same'));
      await commit(settled(false));
      await commit(request('same'));
      expect(await signings()).toMatchObject([{ state: 'requested', chain: null }]);
      expect(await published()).toHaveLength(2);
    });
  });

  it('tells no security event twice, and a repeated data transfer under the same id', async () => {
    const effects: Effect[] = [
      { kind: 'securityEvent', type: 'FirmwareUpdated', time },
      { kind: 'dataTransferred', vendorId: 'ACME', messageId: 'm', data: 'd', status: 'Accepted', time },
    ];
    await commit(...effects);
    await commit(...effects);
    const events = await published();
    expect(events.map(({ topic }) => topic)).toEqual([TOPICS.security, TOPICS.data, TOPICS.data]);
    expect(events.slice(0, 2).map(({ event }) => event.payload?.value)).toEqual([
      { eventType: 'FirmwareUpdated', techInfo: '' },
      { vendorId: 'ACME', messageId: 'm', data: 'd', status: 'Accepted' },
    ]);
    expect(events[2]?.event.id).toBe(events[1]?.event.id);
  });
});
