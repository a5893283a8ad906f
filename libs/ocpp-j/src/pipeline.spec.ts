import { describe, expect, it, jest } from '@jest/globals';
import { bootNotification } from './boot.ts';
import type { ActionHandler, CallContext } from './decision.ts';
import type { Dialect, ErrorCode } from './dialect.ts';
import type { Effect, StationBootedEffect } from './effects.ts';
import {
  handleCall,
  type Committed,
  type HandledCall,
  type InboundCall,
  type PipelinePorts,
  type StationState,
} from './pipeline.ts';
import type { Protocol, Validation } from './protocol.ts';

const now = new Date('2026-03-01T10:00:00Z');

const booted: StationBootedEffect = {
  kind: 'stationBooted',
  vendor: 'V',
  model: 'M',
  registration: { status: 'Accepted', intervalSeconds: 300 },
};

const dialect: Dialect = {
  subprotocol: 'ocpp1.6',
  spelling: /^ocpp1\.6$/,
  compression: false,
  identityFault: () => null,
  passwordReadings: (password) => [password],
  errorCodes: new Proxy({} as Record<ErrorCode, string>, { get: (_, code) => `wire:${String(code)}` }),
  answersUnreadableId: false,
  answersUnknownMessageType: false,
  maxMessageIdLength: 36,
};

interface Tagged {
  tag: string;
}

const authorize: ActionHandler<Tagged, object, 'idToken' | 'concurrentTransaction' | 'registration'> = {
  lookups: ({ tag }) => ({
    idToken: { idToken: tag },
    registration: { vendor: 'V', model: 'M' },
    concurrentTransaction: null,
  }),
  decide: (_, { idToken, concurrentTransaction: concurrent }) => ({
    reply: { status: idToken?.status, concurrent },
    before: [booted],
  }),
};
const heartbeat: ActionHandler<object, object, never> = {
  lookups: () => ({}),
  decide: (_, facts) => ({ reply: { currentTime: facts.now.toISOString() }, before: [] }),
};

const accept = (payload: unknown): Validation => ({
  ok: true,
  payload: payload as Record<string, unknown>,
  deviations: [],
});

const protocol: Protocol = {
  dialect,
  actions: {
    Authorize: authorize,
    Heartbeat: heartbeat,
    BootNotification: heartbeat,
    NotifyReport: heartbeat,
    StatusNotification: heartbeat,
  },
  knownActions: new Set(['Authorize', 'Heartbeat', 'BootNotification', 'NotifyReport', 'StatusNotification', 'Reset']),
  boot: bootNotification,
  allowedBeforeAccepted: new Set(['StatusNotification']),
  repeatable: {},
  requests: {},
  validateRequest: (_, payload) => accept(payload),
  validateResponse: (_, payload) => accept(payload),
  translate: () => ({ ok: false, kind: 'notSupported', reason: 'not part of these tests' }),
  mirrors: {},
  readStatus: () => undefined,
  readAnswer: () => undefined,
};

const station: StationState = { cpId: 'CP-1', registration: 'Accepted', tolerance: 'lenient', asked: new Set() };

const NOTHING_SHOWED: Committed = { noted: [], after: [] };

function ports(): PipelinePorts & { commits: (readonly Effect[])[]; resolved: string[] } {
  const commits: (readonly Effect[])[] = [];
  const resolved: string[] = [];
  return {
    commits,
    resolved,
    resolve: async (name) => {
      resolved.push(name);
      const answers = { idToken: { status: 'Blocked' }, registration: { status: 'Accepted', intervalSeconds: 1 } };
      return answers[name as keyof typeof answers] as never;
    },
    commit: async (effects) => {
      commits.push(effects);
      return NOTHING_SHOWED;
    },
  };
}

function handle(
  call: Partial<InboundCall>,
  changed: { protocol?: Partial<Protocol>; ports?: Partial<PipelinePorts>; station?: Partial<StationState> } = {},
): Promise<HandledCall> {
  return handleCall(
    { ...protocol, ...changed.protocol },
    { ...ports(), ...changed.ports },
    { ...station, ...changed.station },
    { id: 'm1', action: 'Authorize', payload: { tag: 'T' }, ...call },
    now,
  );
}

describe('handleCall', () => {
  it('answers with the decision made from what the lookups found', async () => {
    const handled = await handle({});
    expect(JSON.parse(handled.frame)).toEqual([3, 'm1', { status: 'Blocked', concurrent: null }]);
    expect(handled).toMatchObject({ action: 'Authorize', outcome: 'result', effects: [booted], deviations: [] });
    expect(handled.fault).toBeUndefined();
  });

  it('asks for no lookup whose query is null, and for the others at the same time', async () => {
    const asked: string[] = [];
    let release: () => void = () => undefined;
    const both = new Promise<void>((resolve) => (release = resolve));
    await handle(
      {},
      {
        ports: {
          resolve: async (name) => {
            asked.push(name);
            if (asked.length === 2) release();
            await both;
            return null as never;
          },
        },
      },
    );
    expect(asked.sort()).toEqual(['idToken', 'registration']);
  });

  it('hands the repaired payload to the handler and reports the deviations', async () => {
    const lookups = jest.fn(authorize.lookups);
    const handled = await handle(
      {},
      {
        protocol: {
          validateRequest: () => ({ ok: true, payload: { tag: 'repaired' }, deviations: ['over-long-text'] }),
          actions: { Authorize: { ...authorize, lookups } },
        },
      },
    );
    expect(lookups.mock.calls[0]?.[0]).toEqual({ tag: 'repaired' });
    expect(handled.deviations).toEqual(['over-long-text']);
  });

  it('reports what the handler noted beside, each rule once', async () => {
    const decide = () => ({ reply: {}, before: [], noted: ['clock-absurd', 'over-long-text'] as const });
    const handled = await handle(
      {},
      {
        protocol: {
          validateRequest: (_, payload) => ({ ...accept(payload), deviations: ['over-long-text'] }) as Validation,
          actions: { Authorize: { ...authorize, decide } },
        },
      },
    );
    expect(handled.deviations).toEqual(['over-long-text', 'clock-absurd']);
  });

  it('hands on what is to follow the answer, and nothing when the call is refused', async () => {
    const decide = () => ({ reply: {}, before: [], after: [{ kind: 'ClearCache' }] as const });
    const protocol = { actions: { Authorize: { ...authorize, decide } } };
    expect((await handle({}, { protocol })).after).toEqual([{ kind: 'ClearCache' }]);
    expect((await handle({}, { protocol, ports: { resolve: () => Promise.reject(new Error('away')) } })).after).toEqual(
      [],
    );
  });

  it('reports, and has follow, what showed only when the effects were recorded', async () => {
    const decide = () =>
      ({ reply: {}, before: [booted], noted: ['clock-absurd'], after: [{ kind: 'ClearCache' }] }) as const;
    const showed: Committed = {
      noted: ['stop-unassigned', 'clock-absurd'],
      after: [{ kind: 'GetTransactionStatus', transactionId: 'T-1' }],
    };
    const handled = await handle(
      {},
      { protocol: { actions: { Authorize: { ...authorize, decide } } }, ports: { commit: async () => showed } },
    );
    expect(handled.deviations).toEqual(['clock-absurd', 'stop-unassigned']);
    expect(handled.after).toEqual([{ kind: 'ClearCache' }, { kind: 'GetTransactionStatus', transactionId: 'T-1' }]);
  });

  it('returns the frame only after the effects are durable', async () => {
    const order: string[] = [];
    const handled = await handle(
      {},
      {
        ports: {
          commit: async () => {
            await new Promise((resolve) => setImmediate(resolve));
            order.push('committed');
            return NOTHING_SHOWED;
          },
        },
      },
    );
    order.push('answered');
    expect(order).toEqual(['committed', 'answered']);
    expect(handled.outcome).toBe('result');
  });

  it('commits nothing when there is nothing to commit', async () => {
    const spy = ports();
    await handle({ action: 'Heartbeat', payload: {} }, { ports: spy });
    expect(spy.commits).toEqual([]);
  });

  it.each(['authorize', 'AUTHORIZE', 'Authorize ', 'authorize\0', '_author-ize'])(
    'reads the action %p in lenient mode, and counts that',
    async (action) => {
      const handled = await handle({ action });
      expect(handled).toMatchObject({ outcome: 'result', action: 'Authorize', deviations: ['enum-letter-case'] });
    },
  );

  it('lets no station past the boot gate by another letter case', async () => {
    const handled = await handle({ action: 'authorize' }, { station: { registration: 'Rejected' } });
    expect(handled).toMatchObject({ outcome: 'SecurityError', action: 'Authorize' });
  });

  it('leaves a payload that is no object to the validation in lenient mode', async () => {
    const payload = [{ tag: 'T' }];
    const validateRequest = jest.fn<Protocol['validateRequest']>(() => ({
      ok: true,
      payload: { tag: 'T' },
      deviations: ['object-for-array'],
    }));
    const handled = await handle({ payload }, { protocol: { validateRequest } });
    expect(validateRequest).toHaveBeenCalledWith('Authorize', payload, 'lenient', undefined);
    expect(handled).toMatchObject({ outcome: 'result', deviations: ['object-for-array'] });
  });

  describe('refuses', () => {
    const refused = async (code: ErrorCode, ...args: Parameters<typeof handle>): Promise<HandledCall> => {
      const handled = await handle(...args);
      expect(handled.outcome).toBe(code);
      const [type, id, wire, description] = JSON.parse(handled.frame);
      expect([type, id, wire]).toEqual([4, 'm1', `wire:${code}`]);
      expect(description).toBe(handled.description);
      expect(handled.effects).toEqual([]);
      expect(handled.deviations).toEqual([]);
      expect(handled.reply).toBeUndefined();
      return handled;
    };

    it.each(['Teleport', 'Authorise', 'AuthorizeRequest', 'constructor', '__proto__', '', ' ', 'x'.repeat(100)])(
      'the unknown action %p: NotImplemented',
      (action) => refused('NotImplemented', { action }),
    );

    it('an action in another letter case, if strict: NotImplemented', () =>
      refused('NotImplemented', { action: 'authorize' }, { station: { tolerance: 'strict' } }));

    it('an action of the other direction: NotSupported', () => refused('NotSupported', { action: 'Reset' }));

    it('a payload that is no object, if strict: FormatViolation', async () => {
      for (const payload of [[], 'text', 7, true, [{}], '{}'])
        await refused('FormatViolation', { payload }, { station: { tolerance: 'strict' } });
    });

    it.each(['OccurrenceConstraintViolation', 'TypeConstraintViolation', 'PropertyConstraintViolation'] as const)(
      'what the schema refuses, with its code: %s',
      async (code) => {
        const invalid: Validation = { ok: false, code, description: '/tag is wrong', faults: [] };
        const handled = await refused(code, {}, { protocol: { validateRequest: () => invalid } });
        expect(handled.fault).toBeUndefined();
        expect(handled.description).toBe('/tag is wrong');
      },
    );

    it.each([
      ['Pending', 'lenient'],
      ['Rejected', 'lenient'],
      [null, 'strict'],
    ] as const)('a message of a station that is %s (%s): SecurityError', (registration, tolerance) =>
      refused('SecurityError', {}, { station: { registration, tolerance } }),
    );

    it.each(['strict', 'lenient'] as const)(
      'a report nobody asked a pending station for (%s): SecurityError',
      (tolerance) =>
        refused('SecurityError', { action: 'NotifyReport' }, { station: { registration: 'Pending', tolerance } }),
    );

    it('a report of a rejected station, asked for before or not: SecurityError (B03.FR.07)', async () => {
      for (const asked of [new Set<string>(), new Set(['NotifyReport'])])
        await refused('SecurityError', { action: 'NotifyReport' }, { station: { registration: 'Rejected', asked } });
    });

    const ourFaults: [string, Parameters<typeof handle>[1]][] = [
      ['a lookup fails', { ports: { resolve: () => Promise.reject(new Error('postgres is away')) } }],
      ['the commit fails', { ports: { commit: () => Promise.reject(new Error('postgres is away')) } }],
      [
        'the handler throws',
        {
          protocol: {
            actions: {
              Authorize: {
                ...authorize,
                decide: () => {
                  throw new Error('bug');
                },
              },
            },
          },
        },
      ],
      [
        'our reply breaks its schema',
        {
          protocol: {
            validateResponse: () => ({
              ok: false,
              code: 'TypeConstraintViolation',
              description: '/status must be string',
              faults: [{ path: '/status', message: 'must be string' }],
            }),
          },
        },
      ],
      [
        'the validator throws',
        {
          protocol: {
            validateRequest: () => {
              throw new Error('no schema');
            },
          },
        },
      ],
      [
        'our reply cannot be written',
        {
          protocol: {
            actions: { Authorize: { ...authorize, decide: () => ({ reply: { n: 1n }, before: [booted] }) } },
          },
        },
      ],
    ];
    it.each(ourFaults)('nothing on the charger’s account when %s: InternalError', async (_, changed) => {
      const handled = await refused('InternalError', {}, changed);
      expect(handled.fault).toBeInstanceOf(Error);
      expect(handled.frame).not.toContain((handled.fault as Error).message);
    });

    it('before anything is durable when our reply is no good', async () => {
      const spy = ports();
      await refused('InternalError', {}, { ports: spy, ...ourFaults[3]?.[1] });
      expect(spy.commits).toEqual([]);
    });
  });

  describe('lets pass', () => {
    it.each(['Pending', 'Rejected', null] as const)(
      'a BootNotification of a station that is %s',
      async (registration) => {
        const handled = await handle(
          { action: 'BootNotification', payload: {} },
          { station: { registration, tolerance: 'strict' } },
        );
        expect(handled).toMatchObject({ outcome: 'result', deviations: [] });
      },
    );

    it('a report that a pending station was asked for (B02)', async () => {
      const asked = new Set(['NotifyReport']);
      const handled = await handle(
        { action: 'NotifyReport', payload: {} },
        { station: { registration: 'Pending', tolerance: 'strict', asked } },
      );
      expect(handled).toMatchObject({ outcome: 'result', deviations: [] });
    });

    it('what the version lets a pending station send unasked', async () => {
      const handled = await handle(
        { action: 'StatusNotification', payload: {} },
        { station: { registration: 'Pending', tolerance: 'strict' } },
      );
      expect(handled).toMatchObject({ outcome: 'result', deviations: ['message-before-boot'] });
    });

    it('a station that never booted here, when lenient', async () => {
      const handled = await handle({}, { station: { registration: null } });
      expect(handled).toMatchObject({ outcome: 'result', deviations: ['message-before-boot'] });
    });
  });

  describe('when a concurrent writer made the facts stale', () => {
    const stale = Object.assign(new Error('natural key taken'), { code: 'STALE_FACTS' });

    it('looks up and decides once more', async () => {
      const spy = ports();
      const commit = jest
        .fn(async (_: readonly Effect[], __: CallContext) => NOTHING_SHOWED)
        .mockRejectedValueOnce(stale as never);
      const handled = await handle({}, { ports: { resolve: spy.resolve, commit } });
      expect(handled.outcome).toBe('result');
      expect(commit).toHaveBeenCalledTimes(2);
      expect(spy.resolved).toHaveLength(4);
    });

    it('gives up after the second time', async () => {
      const commit = jest.fn(() => Promise.reject(stale));
      const handled = await handle({}, { ports: { commit } });
      expect(handled).toMatchObject({ outcome: 'InternalError', fault: stale });
      expect(commit).toHaveBeenCalledTimes(2);
    });
  });
});
