import { describe, expect, it } from '@jest/globals';
import { recordingLogger } from '../testdata/recording-logger.ts';
import type { AskBackend } from './backend-client.ts';
import { Registrar, type RegisteringStation } from './registrar.ts';

const station: RegisteringStation = { cpId: 'CP1', protocol: 'ocpp1.6', persisted: null };
const query = { vendor: 'V', model: 'M' };

function backend(answer: () => unknown): { ask: AskBackend; asked: object[] } {
  const asked: object[] = [];
  return {
    asked,
    ask: { ask: async (_path, _cpId, data, schema) => (asked.push(data), schema.parse(await answer())) },
  };
}

let undecided = 0;
const registrar = (ask: AskBackend | null, heartbeatSeconds: number): Registrar =>
  new Registrar(ask, heartbeatSeconds, recordingLogger(), () => void (undecided += 1));
const register = (answer: () => unknown, persisted: RegisteringStation['persisted'] = null) =>
  registrar(backend(answer).ask, 300).register({ ...station, persisted }, query);

describe(Registrar.name, () => {
  it('accepts with the configured interval when no backend is wired', async () => {
    const sut = registrar(null, 120);
    expect(await sut.register(station, query)).toEqual({ status: 'Accepted', intervalSeconds: 120 });
  });

  it.each([
    [{ status: 'accepted' }, { status: 'Accepted', intervalSeconds: 300 }],
    [
      { status: 'accepted', heartbeat_interval_s: 0 },
      { status: 'Accepted', intervalSeconds: 0 },
    ],
    [{ status: 'pending' }, { status: 'Pending', intervalSeconds: 60 }],
    [
      { status: 'rejected', heartbeat_interval_s: 600 },
      { status: 'Rejected', intervalSeconds: 600 },
    ],
  ])('takes %j from the backend', async (answer, registration) => {
    expect(await register(() => answer)).toEqual(registration);
  });

  it('tells the backend who boots, without what is unknown', async () => {
    const { ask, asked } = backend(() => ({ status: 'accepted' }));
    const sut = registrar(ask, 300);
    await sut.register(station, { ...query, serialNumber: 'S', firmwareVersion: '1', reason: 'PowerUp' });
    await sut.register(station, query);
    expect(asked).toEqual([
      { protocol: 'ocpp1.6', vendor: 'V', model: 'M', serial_number: 'S', firmware_version: '1', reason: 'PowerUp' },
      { protocol: 'ocpp1.6', vendor: 'V', model: 'M' },
    ]);
  });

  it.each([
    ['Accepted', { status: 'Accepted', intervalSeconds: 300 }],
    ['Rejected', { status: 'Pending', intervalSeconds: 60 }],
    [null, { status: 'Pending', intervalSeconds: 60 }],
  ] as const)(
    'says of a station stored as %s what can be said when the backend is down',
    async (persisted, registration) => {
      const down = (): never => {
        throw new Error('down');
      };
      undecided = 0;
      expect(await register(down, persisted)).toEqual(registration);
      expect(undecided).toBe(registration.status === 'Pending' ? 1 : 0);
    },
  );
});
