import { readFileSync } from 'node:fs';
import { type PipelinePorts, type StationState, handleCall, treatmentOf } from '@ocpp-gw/ocpp-j';
import { describe, expect, it } from '@jest/globals';
import { type NamedSchema, type Schema, damagedPayload, validPayload } from '@ocpp-gw/testing';
import fc from 'fast-check';
import { shapes } from '#generated/shapes.js';
import { leniency } from './deviations.ts';
import { ocpp201 } from './index.ts';

/** The backend takes everything, and no transaction is known. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  registration: { status: 'Accepted', intervalSeconds: 300 },
  idToken: { status: 'Accepted' },
  transactionStart: { transactionId: 7 },
  concurrentTransaction: false,
  dataTransfer: { status: 'Accepted' },
  signingRequest: { ok: false, reason: 'not part of these tests' },
  certificateStatus: { status: 'unavailable', reason: 'not part of these tests' },
  contractCertificate: { status: 'Accepted' },
  evCertificate: { ok: false, reason: 'not part of these tests' },
  chargingNeeds: { status: 'Accepted' },
};
const ports: PipelinePorts = {
  resolve: async (name) => (ANSWERS[name] ?? null) as never,
  commit: async () => ({ noted: [], after: [] }),
};
const station: StationState = { cpId: 'CP-1', registration: 'Accepted', tolerance: 'lenient', asked: new Set() };

function isIndispensable(owner: string, field: string): boolean {
  return treatmentOf(leniency.request, owner, field).indispensable ?? false;
}

describe.each(Object.keys(ocpp201.actions) as (keyof typeof shapes)[])('OCPP 2.0.1 %s', (action) => {
  const text = readFileSync(new URL(`../schemas/${action}Request.json`, import.meta.url), 'utf8');
  const schema = JSON.parse(text) as Schema;

  it('is answered whatever is odd in it, and what it establishes can be written', async () => {
    const damaged = validPayload(schema).chain((payload) =>
      damagedPayload(shapes[action].request as NamedSchema, payload, isIndispensable),
    );
    await fc.assert(
      fc.asyncProperty(damaged, async ({ payload }) => {
        const call = { id: 'm1', action, payload };
        const { outcome, description, fault, effects } = await handleCall(ocpp201, ports, station, call, new Date());
        expect({ outcome, description, fault }).toEqual({ outcome: 'result' });
        const numbers: unknown[] = [];
        JSON.stringify(effects, (_key, value: unknown) => (typeof value === 'number' && numbers.push(value), value));
        expect(numbers.filter((each) => !Number.isFinite(each))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
