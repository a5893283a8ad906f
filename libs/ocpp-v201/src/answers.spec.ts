import { readFileSync } from 'node:fs';
import { type LookupName, type Lookups, type PipelinePorts, type StationState, handleCall } from '@ocpp-gw/ocpp-j';
import { describe, expect, it } from '@jest/globals';
import { type Schema, validPayload } from '@ocpp-gw/testing';
import fc from 'fast-check';
import { ocpp201 } from './index.ts';

type Answered = { [N in LookupName]?: fc.Arbitrary<Lookups[N]['answer']> };

const text = fc.string({ unit: 'binary', maxLength: 700 });
const language = fc.string({ maxLength: 8 });

/** Whatever may come back from the backend, a responder or a table. */
const LOOKUPS: Answered = {
  registration: fc.constant({ status: 'Pending', intervalSeconds: 0 }),
  idToken: fc.record(
    {
      status: fc.constantFrom('Accepted', 'Blocked', 'NotAtThisTime'),
      expiresAt: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
      group: fc.record({ idToken: text, type: text }, { requiredKeys: ['idToken'] }),
      chargingPriority: fc.integer({ min: -9, max: 9 }),
      evseIds: fc.array(fc.nat(), { minLength: 1 }),
      language,
      personalMessage: fc.record({
        format: fc.constantFrom('ASCII', 'UTF8'),
        language,
        content: fc.string({ unit: 'binary', maxLength: 512 }),
      }),
    },
    { requiredKeys: ['status'] },
  ),
  dataTransfer: fc.record(
    { status: fc.constantFrom('Accepted', 'Rejected', 'UnknownVendorId'), data: text },
    { requiredKeys: ['status'] },
  ),
  signingRequest: fc.record({ ok: fc.constant(false as const), reason: text }),
  certificateStatus: fc.oneof(
    fc.record({ status: fc.constantFrom('good', 'revoked'), response: fc.string({ maxLength: 6000, size: 'max' }) }),
    fc.record({ status: fc.constant('unavailable' as const), reason: text }),
  ),
  contractCertificate: fc.record({ status: fc.constantFrom('Accepted', 'CertificateExpired', 'CertChainError') }),
  evCertificate: fc.oneof(
    fc.record({ ok: fc.constant(true as const), exiResponse: text }),
    fc.record({ ok: fc.constant(false as const), reason: text }),
  ),
  chargingNeeds: fc.record({ status: fc.constantFrom('Accepted', 'Rejected', 'Processing') }),
  transactionProfile: fc.constant(null),
  cost: fc.option(fc.record({ totalCost: fc.double({ min: 0, max: 1e6, noNaN: true }) })),
};

const answers = fc.record(LOOKUPS as Record<string, fc.Arbitrary<unknown>>, { noNullPrototype: true });
const station: StationState = { cpId: 'CS-1', registration: 'Accepted', tolerance: 'strict', asked: new Set() };
const now = new Date('2026-03-01T10:00:00Z');

describe.each(Object.keys(ocpp201.actions))('answers to %s', (action) => {
  const file = new URL(`../schemas/${action}Request.json`, import.meta.url);
  const schema = JSON.parse(readFileSync(file, 'utf8')) as Schema;

  it('keep to their schema, whatever the message says and whatever is known of it', async () => {
    await fc.assert(
      fc.asyncProperty(validPayload(schema), answers, async (payload, known) => {
        const ports: PipelinePorts = {
          resolve: async (name) => known[name] as never,
          commit: async () => ({ noted: [], after: [] }),
        };
        const { outcome, fault } = await handleCall(ocpp201, ports, station, { id: 'm1', action, payload }, now);
        expect({ outcome, fault }).toEqual({ outcome: 'result', fault: undefined });
      }),
      { numRuns: 50 },
    );
  });
});
