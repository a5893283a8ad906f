import { readFileSync } from 'node:fs';
import { type LookupName, type PipelinePorts, type StationState, handleCall } from '@ocpp-gw/ocpp-j';
import { describe, expect, it } from '@jest/globals';
import { type Schema, singleFaults, validPayload } from '@ocpp-gw/testing';
import fc from 'fast-check';
import { ocpp16 } from './index.ts';

/** The backend takes every tag. */
const ports: PipelinePorts = {
  resolve: async (name) => {
    const answers: Partial<Record<LookupName, unknown>> = {
      idToken: { status: 'Accepted' },
      transactionStart: { transactionId: 7 },
      concurrentTransaction: false,
    };
    return (answers[name] ?? null) as never;
  },
  commit: async () => ({ noted: [], after: [] }),
};

const station: StationState = { cpId: 'CP-1', registration: 'Accepted', tolerance: 'lenient', asked: new Set() };

async function answerTo(action: string, payload: unknown): Promise<{ type: unknown; description?: string }> {
  const now = new Date('2026-03-01T10:00:00Z');
  const { frame, description } = await handleCall(ocpp16, ports, station, { id: 'm1', action, payload }, now);
  return { type: (JSON.parse(frame) as unknown[])[0], description };
}

const ANSWERED = { type: 3, description: undefined };

/** Fields of the names that the messages have, with anything in them. */
const FIELDS = [
  'connectorId',
  'idTag',
  'meterStart',
  'meterStop',
  'timestamp',
  'transactionId',
  'reservationId',
  'reason',
  'transactionData',
  'meterValue',
  'sampledValue',
  'value',
  'unit',
  'format',
  'vendorField',
];
const { mess } = fc.letrec((tie) => ({
  anything: fc.oneof(
    { maxDepth: 3 },
    fc.jsonValue({ maxDepth: 1 }),
    tie('mess'),
    fc.array(tie('mess'), { maxLength: 3 }),
  ),
  mess: fc.dictionary(fc.constantFrom(...FIELDS), tie('anything'), { noNullPrototype: true }),
}));

describe.each(['StartTransaction', 'StopTransaction'])('%s', (action) => {
  const schema = JSON.parse(readFileSync(new URL(`../schemas/${action}.json`, import.meta.url), 'utf8')) as Schema;

  it('with any single fault gets a CALLRESULT when lenient', async () => {
    await fc.assert(
      fc.asyncProperty(validPayload(schema), fc.nat(), async (payload, pick) => {
        const faults = singleFaults(schema, payload).filter((fault) => typeof fault.payload === 'object');
        const fault = faults[pick % faults.length];
        fc.pre(fault !== undefined);
        expect({ what: fault.what, ...(await answerTo(action, fault.payload)) }).toEqual({
          what: fault.what,
          ...ANSWERED,
        });
      }),
    );
  });

  it('gets a CALLRESULT when lenient, whatever stands in its fields', async () => {
    await fc.assert(
      fc.asyncProperty(mess, async (payload) => {
        expect(await answerTo(action, payload)).toEqual(ANSWERED);
      }),
    );
  });
});
