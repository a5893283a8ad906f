import { beforeAll, expect, it } from '@jest/globals';
import { BACKEND_PATHS } from '@ocpp-gw/contracts/backend';
import { FakeCharger, type OtlpReceiver, type SentryReceiver } from '@ocpp-gw/testing';
import { booted } from '../booted-charger.ts';
import { BACKEND_TOKEN, READ_TOKEN, rest, TOKEN, WEBHOOK_SECRET, type Stack } from '../stack.ts';
import { until } from '../until.ts';

const CP_ID = 'CANARY-1';

/** Secrets that pass through the gateway. None of them may be found in what it says about itself. */
export const CANARIES = {
  apiToken: TOKEN,
  readToken: READ_TOKEN,
  wrongApiToken: 'canary-wrong-api-token',
  backendToken: BACKEND_TOKEN,
  otlpToken: 'canary-otlp-token',
  webhookSecret: WEBHOOK_SECRET,
  idToken: 'CANARYIDTOKEN',
  authorizationKey: 'canary-authkey-1234',
  wrongPassword: 'canary-wrong-password',
};

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

interface Said {
  stack: Stack;
  receiver: OtlpReceiver;
  errors: SentryReceiver;
}

/** Log lines of every service, spans and error reports, after all that ran before on the stack, and what is done here. */
export function canariesSuite(said: () => Said): void {
  const outputs = (): [string, string][] => {
    const { edges, api, ingestor, dispatcher } = said().stack;
    return [...edges, api, ingestor, dispatcher].map(({ name, output }) => [name, output]);
  };

  beforeAll(async () => {
    const { stack } = said();
    const { idToken, authorizationKey, wrongPassword, wrongApiToken } = CANARIES;
    const timestamp = new Date().toISOString();
    stack.backend.setAnswer(BACKEND_PATHS.sessionOpen, { httpStatus: 400, body: {} });
    const charger = await booted(stack.edgeUrls[0], CP_ID, 'ocpp1.6');
    for (const action of ['ChangeConfiguration', 'RemoteStartTransaction', 'SendLocalList'])
      charger.answer(action, () => ({ status: 'Accepted' }));
    const newer = await booted(stack.edgeUrls[1], `${CP_ID}-201`, 'ocpp2.0.1');
    const token = { idToken, type: 'Central' };
    await newer.call('Authorize', { idToken: token });
    await newer.call('TransactionEvent', {
      ...{ eventType: 'Started', timestamp, triggerReason: 'Authorized', seqNo: 0, idToken: token },
      transactionInfo: { transactionId: 'canary-transaction' },
    });
    await newer.call('Authorize', { idToken: { ...token, type: 'NoSuchType' } }).catch(() => 0);
    await newer.close();
    await charger.call('Authorize', { idTag: idToken });
    await charger.call('StartTransaction', { connectorId: 1, idTag: idToken, meterStart: 0, timestamp });
    // Refused, and with a field that deviates: what was wrong is logged.
    await charger.call('StartTransaction', { connectorId: 1, idTag: idToken.repeat(3), meterStart: 0 }).catch(() => 0);
    await charger.call('StopTransaction', { transactionId: 'x', idTag: idToken, meterStop: 0 }).catch(() => 0);
    charger.send(`[2,"cut-off","Authorize",{"idTag":"${idToken}`);
    const commands = `/charge-points/${CP_ID}/commands`;
    await rest(stack, 'POST', `${commands}/remote-start`, { id_token: idToken });
    await rest(stack, 'POST', `${commands}/remote-start`, { id_token: idToken, wrong: idToken });
    await rest(stack, 'POST', `${commands}/send-local-list`, {
      ...{ version: 1, update_type: 'Full', entries: [{ id_token: idToken, status: 'Accepted' }] },
    });
    await rest(stack, 'DELETE', `/authorization-cache/${idToken}`);
    await rest(stack, 'DELETE', `/authorization-cache/${idToken}`, undefined, READ_TOKEN);
    await rest(stack, 'GET', `/transactions?id_token=${idToken}`);
    await rest(stack, 'GET', `/charge-points/${CP_ID}`, undefined, wrongApiToken);
    const key = { key: 'AuthorizationKey', value: authorizationKey };
    expect(await rest(stack, 'POST', `${commands}/change-configuration`, key)).toMatchObject({ status: 200 });
    await charger.close();
    const connecting = { url: stack.edgeUrls[0], cpId: CP_ID };
    await expect(FakeCharger.connect({ ...connecting, password: wrongPassword })).rejects.toThrow('401');
    await (await FakeCharger.connect({ ...connecting, password: authorizationKey })).close();
  }, 60_000);

  it('is a JSON object with level, time, service, pod and message in every line', () => {
    for (const [name, output] of outputs()) {
      const lines = output.trim().split('\n');
      expect(lines.length).toBeGreaterThan(1);
      for (const line of lines) {
        const fields = JSON.parse(line) as Record<string, unknown>;
        const { level, time, service, pod, msg } = fields;
        expect(LEVELS).toContain(level);
        expect(new Date(String(time)).toISOString()).toBe(time);
        expect(name).toMatch(service === 'ws-edge' ? /^edge-/ : String(service));
        expect([pod, msg]).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
        expect(Object.keys(fields).filter((field) => !/^[a-z][a-z\d_]*$/.test(field))).toEqual([]);
      }
    }
  });

  it('reports an unexpected error once with its charge point', async () => {
    const event = await until('the report', async () => {
      const found = said().errors.events.find(({ tags }) => tags?.['cp_id'] === CP_ID);
      if (!found) throw new Error(`${said().errors.events.length} other reports`);
      return found;
    });
    expect(event.contexts?.['log']).toMatchObject({ message: 'backend refused a session call' });
    expect(event.tags).toMatchObject({ service: 'ws-edge', pod: expect.stringMatching(/^edge-/) });
  });

  it.each(Object.entries(CANARIES))('has %s nowhere', async (_name, canary) => {
    const { receiver, errors } = said();
    expect(receiver.received.length).toBeGreaterThan(0);
    const found = [...outputs(), ['spans', receiver.received], ['errors', errors.received]].flatMap(([where, text]) =>
      (text ?? '').split('\n').flatMap((line) => (line.includes(canary) ? [`${where}: ${line.slice(0, 500)}`] : [])),
    );
    expect(found).toEqual([]);
  });
}
