import { expect, it } from '@jest/globals';
import { certificateHashData, issue, makeCsr } from '@ocpp-gw/testing';
import { until } from '../until.ts';
import { rest } from '../stack.ts';
import { at, idToken, Station16, time, type Payload, type Station201 } from './station.ts';
import type { World } from './world.ts';

/** F25 to F34: answers, commands and reads. */
export function commands(world: () => World): void {
  const variable = (name: string): Payload => ({ component: { name: 'OCPPCommCtrlr' }, variable: { name } });

  async function sets(cpId: string, statuses: readonly string[]): Promise<Payload> {
    const station = await world().two(cpId);
    station.answers('SetVariables', ({ setVariableData }) => ({
      setVariableResult: (setVariableData as Payload[]).map(({ component, variable: of }, index) => ({
        component,
        variable: of,
        attributeStatus: statuses[index],
      })),
    }));
    const variables = statuses.map((_, index) => ({ ...variable(`V${index}`), attribute_value: '1' }));
    const answer = await station.operator('POST', '/commands/set-variables', { variables });
    expect(answer.status).toBe(200);
    expect((answer.body['variables'] as Payload[]).map(({ status }) => status)).toEqual(statuses);
    return answer.body;
  }

  it.concurrent.each<[string, string, string[], RegExp]>([
    ['wholly Rejected', 'CASE-F25', ['Rejected', 'Rejected'], /^Rejected$/],
    ['of which one is Rejected', 'CASE-F25-PARTIAL', ['Accepted', 'Rejected'], /^(Partial|Rejected)$/],
    [
      'of which one is unknown',
      'CASE-F25-UNKNOWN',
      ['UnknownVariable', 'Accepted'],
      /^(Partial|Rejected|UnknownVariable)$/,
    ],
    ['wholly Accepted', 'CASE-F25-ACCEPTED', ['Accepted', 'Accepted'], /^Accepted$/],
    [
      'one of which needs a reboot',
      'CASE-F25-REBOOT',
      ['Accepted', 'RebootRequired'],
      /^(Partial|RebootRequired|Accepted)$/,
    ],
  ])('F25 SetVariables %s has a status that tells', async (_, cpId, statuses, reported) => {
    expect((await sets(cpId, statuses))['status']).toMatch(reported);
  });

  it.concurrent.each<[string, string, string, object, object]>([
    [
      'GetVariables of which none is known',
      'CASE-F25-GET',
      'get-variables',
      { variables: [variable('V')] },
      { getVariableResult: [{ ...variable('V'), attributeStatus: 'UnknownVariable' }] },
    ],
    [
      'SetVariableMonitoring wholly Rejected',
      'CASE-F25-MONITOR',
      'set-variable-monitoring',
      { monitors: [{ ...variable('V'), type: 'Periodic', value: 60, severity: 5 }] },
      { setMonitoringResult: [{ ...variable('V'), type: 'Periodic', severity: 5, status: 'Rejected' }] },
    ],
    [
      'ClearVariableMonitoring wholly NotFound',
      'CASE-F25-CLEAR',
      'clear-variable-monitoring',
      { ids: [7] },
      { clearMonitoringResult: [{ id: 7, status: 'NotFound' }] },
    ],
  ])('F25 (relative) %s is no acceptance', async (_, cpId, slug, body, reply) => {
    const station = await world().two(cpId);
    const action = slug.replace(/(^|-)(\w)/g, (_match, _dash, letter: string) => letter.toUpperCase());
    station.answers(action, () => reply);
    const answer = await station.operator('POST', `/commands/${slug}`, body);
    expect(answer.status).toBe(200);
    expect(answer.body['status']).not.toBe('Accepted');
  });

  it.concurrent.each<[string, string, 'sixteen' | 'two', string, string]>([
    ["another station's identity", 'CASE-F26', 'sixteen', 'CASE-F26-VICTIM', 'Rejected'],
    ['none', 'CASE-F26-NONE', 'sixteen', '', 'Rejected'],
    ["this station's identity", 'CASE-F26-OWN', 'sixteen', 'CASE-F26-OWN', 'Accepted'],
    ['the serial number it booted with', 'CASE-F26-SERIAL', 'sixteen', 'SN-F26', 'Accepted'],
    ["another station's identity", 'CASE-F26-201', 'two', 'CASE-F26-VICTIM', 'Rejected'],
    ['none', 'CASE-F26-201-NONE', 'two', '', 'Rejected'],
    ['the identity in another letter case', 'CASE-F26-201-CASE', 'two', 'case-f26-201-case', 'Accepted'],
    ['the serial number it booted with', 'CASE-F26-201-SERIAL', 'two', 'SN-F26', 'Accepted'],
  ])('F26 SignCertificate whose CN is %s (%s, %s, %s) is %s', async (_, cpId, version, cn, status) => {
    const station = await world()[version](cpId);
    await station.boot(
      station instanceof Station16 ? { chargePointSerialNumber: 'SN-F26' } : { serialNumber: 'SN-F26' },
    );
    const { csr } = await makeCsr({ cn, o: 'Case CPO', key: 'rsa2048' });
    expect(await station.call('SignCertificate', { csr })).toMatchObject({ status });
    expect(await station.list('/certificate-signings')).toEqual([
      expect.objectContaining({ refusal: status === 'Rejected' ? expect.any(String) : null }),
    ]);
  });

  it.concurrent('F27 a report asked for again under a used requestId is the new report alone', async () => {
    const station = await world().two('CASE-F27');
    station.answers('GetBaseReport', () => ({ status: 'Accepted' }));
    const asks = (): Promise<unknown> =>
      station.operator('POST', '/calls/GetBaseReport', { requestId: 77, reportBase: 'FullInventory' });
    const part = (seqNo: number, tbc: boolean, name: string): Promise<Payload> =>
      station.call('NotifyReport', {
        requestId: 77,
        generatedAt: at(seqNo),
        seqNo,
        tbc,
        reportData: [{ ...variable(name), variableAttribute: [{ value: '1' }] }],
      });
    await asks();
    await part(0, true, 'OldA');
    await part(1, true, 'OldB');
    await part(2, false, 'OldC');
    expect(await station.read('/reports/77')).toMatchObject({ state: 'complete', parts: 3 });
    await asks();
    await part(0, true, 'NewA');
    expect(await station.read('/reports/77')).toMatchObject({ state: 'collecting', parts: 1 });
    await part(1, false, 'NewB');
    const report = await station.read('/reports/77');
    expect(report).toMatchObject({ state: 'complete', parts: 2, missing_seq_nos: [] });
    expect((report['items'] as Payload[]).map((item) => (item['variable'] as Payload)['name'])).toEqual([
      'NewA',
      'NewB',
    ]);
  });

  it.concurrent.each([
    ['Blocked', 'DEBLOCKED0001', 'ContractCancelled'],
    ['Accepted', 'DEACCEPTED001', 'Accepted'],
  ])('F28 C07: a valid contract chain with a token %s', async (status, emaid, certificateStatus) => {
    const { root, responder } = world().pki;
    const station = await world().two(`CASE-F28-${status}`);
    const { cert } = await issue({ cn: emaid, o: 'Case eMSP', ca: root, ocspUrl: responder.url });
    const hash = { ...(await certificateHashData(cert, root.cert)), responderURL: responder.url };
    const request = { idToken: idToken(emaid, 'eMAID'), iso15118CertificateHashData: [hash] };
    expect(await station.call('Authorize', request)).toEqual({ idTokenInfo: { status }, certificateStatus });
  });

  it.concurrent('F29 parallel first PUTs of one charge point: one creates, the others update', async () => {
    for (const cpId of ['CASE-F29-A', 'CASE-F29-B', 'CASE-F29-C']) {
      const puts = Array.from({ length: 8 }, () =>
        rest(world().stack, 'PUT', `/charge-points/${cpId}`, { security_profile: 0 }),
      );
      const statuses = (await Promise.all(puts)).map(({ status }) => status).sort();
      expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
    }
  });

  it.concurrent('F30 transactionIds with a NUL in them are kept apart, and fetched', async () => {
    const cpId = 'CASE-F30';
    const station = await world().two(cpId);
    const ids = ['ab', 'a\0b', 'a\0\0b', '\0'];
    for (const [index, id] of ids.entries()) {
      const evse = { id: index + 1, connectorId: 1 };
      await station.started(id, 0, { tag: `T${index}`, wh: 1000, evse });
      await station.ended(id, 1, { wh: 2000 + index });
    }
    const sessions = await world().downstream.holds(
      cpId,
      ids.map((_, index) => ({ state: 'ended', id_token: `T${index}`, energy_wh: 1000 + index })),
    );
    for (const { transaction_id: id, id_token } of sessions) {
      const answer = await station.operator('GET', `/transactions/${encodeURIComponent(String(id))}`);
      expect(answer).toMatchObject({ status: 200, body: { id_token } });
    }
    // By the station's own id, too, nothing breaks.
    expect((await station.operator('GET', `/transactions/${encodeURIComponent('a\0c')}`)).status).toBeLessThan(500);
  });

  it.concurrent.each(['%00', 'a%00b'])(
    'F30 (relative) a NUL in an id of a read is no fault of ours (%s)',
    async (id) => {
      await world().registers('CASE-F30-READ');
      for (const path of [
        `/charge-points/${id}`,
        `/charge-points/CASE-F30-READ/transactions/${id}`,
        `/transactions?cp_id=${id}`,
      ])
        expect((await rest(world().stack, 'GET', path)).status).toBeLessThan(500);
    },
  );

  it.concurrent('F31 CostUpdated that is NotImplemented is asked once a connection', async () => {
    const cpId = 'CASE-F31';
    const station = await world().two(cpId);
    let asked = 0;
    station.answers('CostUpdated', (_, id) => {
      asked += 1;
      return [4, id, 'NotImplemented', '', {}];
    });
    // A question that is left open would hold up the next.
    station.answers('GetTransactionStatus', () => ({ ongoingIndicator: true, messagesInQueue: false }));
    const goesOn = (seqNo: number): Promise<Payload> =>
      station.updated('tx', seqNo, { wh: 1000 * (seqNo + 1), timestamp: time() });
    await station.started('tx', 0, { tag: 'ALICE', wh: 1000, timestamp: time() });
    await goesOn(1);
    await until('the cost', async () => expect(asked).toBe(1));
    for (const seqNo of [2, 3, 4]) await goesOn(seqNo);
    await everythingSent(station);
    expect(asked).toBe(1);
    await station.reboot();
    for (const seqNo of [5, 6]) await goesOn(seqNo);
    await until('the cost on the next connection', async () => expect(asked).toBe(2));
    await everythingSent(station);
    expect(asked).toBe(2);
  });

  /** One CALL at a time: what was to be sent before has been sent when this has come. */
  async function everythingSent(station: Station201): Promise<void> {
    station.answers('ClearCache', () => ({ status: 'Accepted' }));
    expect(await station.operator('POST', '/commands/clear-cache', {})).toMatchObject({ status: 200 });
  }

  it.concurrent.each<['sixteen' | 'two', string, string]>([
    ['sixteen', 'CASE-F32', 'FormationViolation'],
    ['two', 'CASE-F32-201', 'FormationViolation'],
    ['sixteen', 'CASE-F32-FORMAT', 'FormatViolation'],
    ['sixteen', 'CASE-F32-VENDOR', 'VendorTrouble'],
    ['two', 'CASE-F32-TYPO', 'OccurenceConstraintViolation'],
  ])("F32 the charger's own code of a CALLERROR is shown (%s, %s, %s)", async (version, cpId, code) => {
    const station = await world()[version](cpId);
    station.answers('ClearCache', (_, id) => [4, id, code, 'no', {}]);
    const answer = await station.operator('POST', '/commands/clear-cache', {});
    expect(answer.status).toBe(502);
    expect(JSON.stringify(answer.body)).toMatch(new RegExp(`\\b${code}\\b`));
  });

  it.concurrent('F33 no state after the end', async () => {
    const cpId = 'CASE-F33';
    const station = await world().two(cpId);
    await station.started('tx', 0, { tag: 'ALICE', wh: 1000, info: { chargingState: 'EVConnected' } });
    await station.updated('tx', 1, { info: { chargingState: 'Charging' } });
    await world().downstream.holds(cpId, [{ state: 'active', charging_state: 'Charging', messages_in_queue: null }]);
    await station.ended('tx', 2, { wh: 3000 });
    await world().downstream.holds(cpId, [{ state: 'ended', charging_state: null, messages_in_queue: null }]);
  });

  it.concurrent('F33 a start that nobody has seen has no time', async () => {
    const cpId = 'CASE-F33-START';
    const station = await world().two(cpId);
    await station.ended('tx', 2, { wh: 3000, tag: 'ALICE' });
    await world().downstream.holds(cpId, [
      { state: 'ended', started_at: null, messages_in_queue: null, energy_wh: null, missing_seq_nos: [0, 1] },
    ]);
  });

  it.concurrent('F34 a command to a charger that has sent nothing yet says so', async () => {
    const cpId = 'CASE-F34';
    await world().registers(cpId);
    const station = new Station16(world().stack, cpId);
    await station.connect();
    try {
      await until('it to be connected', async () => expect(await station.read()).toMatchObject({ online: true }));
      const answer = await station.operator('POST', '/commands/clear-cache', { timeout_s: 3 });
      expect(answer.status).toBeGreaterThanOrEqual(409);
      // That it is there, and that the gateway has heard nothing of it.
      expect(String(answer.body['detail'])).toMatch(/is connected|first message/);
      expect(String(answer.body['detail'])).toMatch(/sent nothing|not sent anything|first message.*none came/);
    } finally {
      await station.disconnect();
    }
  });
}
