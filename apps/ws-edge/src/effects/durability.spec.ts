import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { handleCall, type Effect, type LookupName, type PipelinePorts, type Protocol } from '@ocpp-gw/ocpp-j';
import { ocpp16 } from '@ocpp-gw/ocpp-v16';
import { ocpp201 } from '@ocpp-gw/ocpp-v201';
import { FACTS } from '@ocpp-gw/persistence/facts';
import { validPayload, type Schema } from '@ocpp-gw/testing';
import fc from 'fast-check';
import { EVENTS, eventEntries } from './events.ts';
import { sessionEntries } from './sessions.ts';
import { anyEffect } from './testdata/any-effect.ts';
import { DecidedStation } from './testdata/decided.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const VERSIONS = {
  '1.6': { protocol: ocpp16, library: 'ocpp-v16', requests: '' },
  '2.0.1': { protocol: ocpp201, library: 'ocpp-v201', requests: 'Request' },
};
type Version = keyof typeof VERSIONS;

/** Cells of the tables of docs/lifecycle.md whose head is this. */
function table(...head: string[]): string[][] {
  const rows = readFileSync(resolve(ROOT, 'docs/lifecycle.md'), 'utf8')
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const start = rows.findIndex((cells) => cells.join() === head.join());
  const end = rows.findIndex((cells, index) => index > start && cells.length === 0);
  return rows.slice(start + 2, end);
}

const KINDS = Object.keys(FACTS) as Effect['kind'][];

/** Topics and backend paths of its outbox entries. */
const receivers = (kind: Effect['kind']): readonly string[] => EVENTS[kind]?.to ?? [];

const words = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word).sort();

const contract = table('action', 'version', 'facts').flatMap(([action = '', versions = '', facts = '']) =>
  versions.split(', ').map((version) => ({ action, version: version as Version, facts: words(facts) })),
);

const FOUND: Partial<Record<LookupName, unknown>> = {
  registration: { status: 'Accepted', intervalSeconds: 60 },
  idToken: { status: 'Accepted' },
  transactionStart: { transactionId: 1 },
  concurrentTransaction: false,
  dataTransfer: { status: 'Accepted' },
  signingRequest: { ok: true, key: { publicKey: 'PEM', commonName: 'CP' } },
  certificateStatus: { status: 'unavailable', reason: 'away' },
  contractCertificate: { status: 'Accepted' },
  evCertificate: { ok: false, reason: 'none' },
  chargingNeeds: { status: 'Accepted' },
};

/** What a random payload never says. */
const ALSO: Record<string, Record<string, unknown>> = {
  NotifyEvent: {
    generatedAt: '2026-03-01T10:00:00Z',
    seqNo: 0,
    eventData: [
      {
        eventId: 0,
        timestamp: '2026-03-01T10:00:00Z',
        trigger: 'Delta',
        eventNotificationType: 'HardWiredNotification',
        component: { name: 'Connector', evse: { id: 1, connectorId: 1 } },
        variable: { name: 'AvailabilityState' },
        actualValue: 'Occupied',
      },
    ],
  },
};

/** Kinds of facts that were committed before the reply to any of these messages, and what came after a refused commit. */
async function tell(protocol: Protocol, action: string, payloads: readonly unknown[]) {
  const kinds = new Set<string>();
  const falselyAccepted: unknown[] = [];
  const ports = (commit: PipelinePorts['commit']): PipelinePorts => ({
    resolve: (name) => Promise.resolve((FOUND[name] ?? null) as never),
    commit,
  });
  const station = { cpId: 'CP', registration: 'Accepted', tolerance: 'lenient', asked: new Set<string>() } as const;
  const refuse = (effects: readonly Effect[]): Promise<never> => {
    for (const { kind } of effects) kinds.add(kind);
    return Promise.reject(new Error('postgres is away'));
  };
  for (const payload of payloads) {
    let committing = false;
    const ask = ports((effects) => {
      committing = true;
      return refuse(effects);
    });
    const { outcome, effects } = await handleCall(protocol, ask, station, { id: '1', action, payload }, new Date());
    if (committing && (outcome !== 'InternalError' || effects.length > 0)) falselyAccepted.push(payload);
  }
  return { kinds: [...kinds].sort(), falselyAccepted };
}

describe('the durability of facts', () => {
  it('is written for every action that a charger may send', () => {
    const all = (version: Version) => Object.keys(VERSIONS[version].protocol.actions).sort();
    const written = (version: Version) => contract.filter((one) => one.version === version).map(({ action }) => action);
    for (const version of ['1.6', '2.0.1'] as const) expect(written(version)).toEqual(all(version));
  });

  it.each(contract)('$action of $version tells what is written, and is never accepted without', async (one) => {
    const { protocol, library, requests } = VERSIONS[one.version];
    const file = resolve(ROOT, 'libs', library, 'schemas', `${one.action}${requests}.json`);
    const payloads = fc.sample(validPayload(JSON.parse(readFileSync(file, 'utf8')) as Schema), 300);
    const also = ALSO[one.action];
    if (also) payloads.push(also);
    const { kinds, falselyAccepted } = await tell(protocol, one.action, payloads);
    expect(kinds).toEqual(one.facts);
    expect(falselyAccepted).toEqual([]);
  });

  it('is the same in the document and in the code', () => {
    const written = table('fact', 'row', 'outbox entries').map(([fact = '', row = '', published = '']) => [
      ...words(fact),
      { row: words(row)[0], published: words(published) },
    ]);
    const declared = KINDS.map((kind) => [kind, { row: FACTS[kind].table, published: [...receivers(kind)].sort() }]);
    expect(written.sort()).toEqual(declared.sort());
  });

  it('has the outbox entries that it declares', () => {
    const seen = new Map<string, Set<string>>();
    for (const protocol of ['ocpp1.6', 'ocpp2.0.1'] as const) {
      for (const effects of fc.sample(fc.array(anyEffect[protocol], { minLength: 20, maxLength: 40 }), 200)) {
        const station = new DecidedStation({ cpId: 'CP', protocol });
        for (const effect of effects) {
          const entry = station.take(effect, new Date('2026-04-02T10:00:00Z'));
          const published = seen.get(effect.kind) ?? new Set();
          const entries = [...eventEntries(entry, { fresh: true }, 'pod'), ...sessionEntries(entry, true)];
          for (const { destination } of entries) published.add(destination);
          seen.set(effect.kind, published);
        }
      }
    }
    for (const [kind, published] of seen)
      expect([kind, ...receivers(kind as Effect['kind'])]).toEqual(expect.arrayContaining([kind, ...published]));
    expect([...seen].filter(([, published]) => published.size > 0).length).toBeGreaterThan(15);
  });
});
