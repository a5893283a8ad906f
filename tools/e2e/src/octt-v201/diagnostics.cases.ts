import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { charging, type Octt, type Payload, TAG, time, token } from './octt.ts';

const LOCATION = 'https://files.example.com/logs/';

/** Block N, logs (N01) and what a station knows of a customer (N09, N10). */
export function diagnostics(stack: () => Stack): void {
  const { booted } = charging(stack);

  /** GetLog, answered with `status`. @returns what the station tells of it next */
  async function getLog(octt: Octt, logType: string, status: string): Promise<(status: string) => Promise<void>> {
    const [oldest, latest] = [time(-86_400), time()];
    const { sent, heard } = await octt.command(
      'get-log',
      { log_type: logType, location: LOCATION, oldest, latest, retries: 1, retry_interval: 5 },
      'GetLog',
      { status, ...(status !== 'Rejected' && { filename: `${logType}.log` }) },
    );
    expect(sent).toEqual({
      logType,
      requestId: expect.any(Number),
      log: { remoteLocation: LOCATION, oldestTimestamp: oldest, latestTimestamp: latest },
      retries: 1,
      retryInterval: 5,
    });
    const { requestId } = sent;
    const fileName = status === 'Rejected' ? null : `${logType}.log`;
    expect(heard).toMatchObject({ status, file_name: fileName, ocpp_request_id: requestId });
    return async (reported) => {
      expect(await octt.call('LogStatusNotification', { status: reported, requestId })).toEqual({});
      const row = (await octt.list('/log-uploads')).find((upload) => upload['ocpp_request_id'] === requestId);
      expect(row).toMatchObject({ log_type: logType, location: LOCATION, file_name: fileName, status: reported });
    };
  }

  it('TC_N_25 Retrieve Log Information - Diagnostics Log - Success', () => uploads('OCTT2-N_25', 'DiagnosticsLog'));
  it('TC_N_35 Retrieve Log Information - Security Log - Success', () => uploads('OCTT2-N_35', 'SecurityLog'));

  async function uploads(cpId: string, logType: string): Promise<void> {
    const tells = await getLog(await booted(cpId), logType, 'Accepted');
    await tells('Uploading');
    await tells('Uploaded');
  }

  it('TC_N_34 Retrieve Log Information - Rejected', async () => {
    const octt = await booted('OCTT2-N_34');
    await getLog(octt, 'DiagnosticsLog', 'Rejected');
    expect(await octt.list('/log-uploads')).toEqual([]);
  });

  it('TC_N_36 Retrieve Log Information - Second Request', async () => {
    const octt = await booted('OCTT2-N_36');
    const first = await getLog(octt, 'DiagnosticsLog', 'Accepted');
    await first('Uploading');
    const second = await getLog(octt, 'DiagnosticsLog', 'AcceptedCanceled');
    await first('AcceptedCanceled');
    await second('Uploading');
    await second('Uploaded');
    const statuses = (await octt.list('/log-uploads')).map((upload) => upload['status']);
    expect(statuses.sort()).toEqual(['AcceptedCanceled', 'Uploaded']);
  });

  interface Ask {
    report: boolean;
    clear: boolean;
    /** The customer, as the operator and as the wire names them. */
    by?: { body: object; wire: object };
  }

  const BY_TOKEN = { body: { id_token: TAG, id_token_type: 'ISO14443' }, wire: { idToken: token() } };

  /** CustomerInformation, answered with `status`. @returns its requestId */
  async function ask(octt: Octt, { by = BY_TOKEN, ...flags }: Ask, status: string): Promise<number> {
    const body = { ...flags, ...by.body };
    const { sent, heard } = await octt.command('customer-information', body, 'CustomerInformation', { status });
    expect(sent).toEqual({ requestId: expect.any(Number), ...flags, ...by.wire });
    expect(heard).toMatchObject({ status, ocpp_request_id: sent['requestId'] });
    return sent['requestId'] as number;
  }

  /** NotifyCustomerInformation in as many parts as texts; the operator reads them in one. */
  async function reported(octt: Octt, requestId: number, data: readonly string[]): Promise<void> {
    const path = `/reports/${requestId}`;
    for (const [seqNo, text] of data.entries()) {
      expect(await octt.read(path)).toMatchObject({ state: 'collecting', items: data.slice(0, seqNo) });
      const tbc = seqNo < data.length - 1;
      const part = { data: text, seqNo, tbc, requestId, generatedAt: time() };
      expect(await octt.call('NotifyCustomerInformation', part)).toEqual({});
    }
    expect(await octt.read(path)).toMatchObject({ kind: 'CustomerInformation', state: 'complete', items: data });
  }

  const DATA = ['name: Ada Lovelace', 'phone: +31 20 1234567'];

  it('TC_N_27 Get Customer Information - Accepted + data', () =>
    reports('OCTT2-N_27', { report: true, clear: false }, DATA));
  // What a station has nothing to say of, it says in one part.
  it('TC_N_28 Get Customer Information - Accepted + no data', () =>
    reports('OCTT2-N_28', { report: true, clear: false }, ['']));
  it('TC_N_30 Clear Customer Information - Clear and report + data', () =>
    reports('OCTT2-N_30', { report: true, clear: true }, DATA));
  it('TC_N_31 Clear Customer Information - Clear and report + no data', () =>
    reports('OCTT2-N_31', { report: true, clear: true }, ['']));
  it('TC_N_62 Clear Customer Information - Clear and report - customerIdentifier', () => {
    const by = { body: { customer_identifier: 'OCTT-CUSTOMER' }, wire: { customerIdentifier: 'OCTT-CUSTOMER' } };
    return reports('OCTT2-N_62', { report: true, clear: true, by }, DATA);
  });
  it('TC_N_63 Clear Customer Information - Clear and report - customerCertificate', () => {
    const [name, key] = ['ab'.repeat(32), 'cd'.repeat(32)];
    const by = {
      body: {
        customer_certificate: {
          hash_algorithm: 'SHA256',
          issuer_name_hash: name,
          issuer_key_hash: key,
          serial_number: '0a1f',
        },
      },
      wire: {
        customerCertificate: {
          hashAlgorithm: 'SHA256',
          issuerNameHash: name,
          issuerKeyHash: key,
          serialNumber: '0a1f',
        },
      },
    };
    return reports('OCTT2-N_63', { report: true, clear: true, by }, DATA);
  });

  async function reports(cpId: string, asked: Ask, data: readonly string[]): Promise<void> {
    const octt = await booted(cpId);
    await reported(octt, await ask(octt, asked, 'Accepted'), data);
  }

  it('TC_N_29 Get Customer Information - Not Accepted', async () => {
    const octt = await booted('OCTT2-N_29');
    await ask(octt, { report: true, clear: false }, 'Invalid');
    await ask(octt, { report: true, clear: false }, 'Rejected');
    expect(await octt.list('/reports')).toEqual([]);
  });

  it('TC_N_32 Clear Customer Information - Clear and no report', async () => {
    const octt = await booted('OCTT2-N_32');
    await ask(octt, { report: false, clear: true }, 'Accepted');
    // Nothing will come, so nothing is waited for.
    expect(await octt.list('/reports')).toEqual([]);
  });

  it('TC_N_46 Clear Customer Information - Update Local Authorization List', async () => {
    const octt = await booted('OCTT2-N_46');
    const entry = { id_token: TAG, id_token_type: 'ISO14443' };
    const idTokenInfo = { status: 'Accepted' };
    expect(
      await sendList(octt, { version: 1, update_type: 'Full', entries: [{ ...entry, status: 'Accepted' }] }),
    ).toEqual({
      versionNumber: 1,
      updateType: 'Full',
      localAuthorizationList: [{ idToken: token(), idTokenInfo }],
    });
    await ask(octt, { report: false, clear: true }, 'Accepted');
    expect(await sendList(octt, { version: 2, update_type: 'Differential', entries: [entry] })).toEqual({
      versionNumber: 2,
      updateType: 'Differential',
      localAuthorizationList: [{ idToken: token() }],
    });
    expect(await octt.read('/local-list')).toMatchObject({ version: 2 });
  });

  async function sendList(octt: Octt, body: object): Promise<Payload> {
    const { sent, heard } = await octt.command('send-local-list', body, 'SendLocalList', { status: 'Accepted' });
    expect(heard).toMatchObject({ status: 'Accepted' });
    return sent;
  }
}
