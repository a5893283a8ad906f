import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ALL_TOPICS,
  EVENT_SCHEMA_VERSION,
  Event,
  StationBooted,
  TransactionEnded,
  UndecodableEventError,
  authorizeKeys,
  deadLetterTopic,
  decodeEvent,
  encodeEvent,
  eventHeaders,
  makeEvent,
  redisKeys,
} from './index.ts';

const recordedAt = new Date('2026-03-01T10:00:00.123Z');

function booted(cpId = 'CP1'): ReturnType<typeof makeEvent> {
  return makeEvent({
    cpId,
    protocol: 'ocpp1.6',
    pod: 'pod-1',
    occurredAt: recordedAt,
    recordedAt,
    payload: { $case: 'stationBooted', value: StationBooted.fromPartial({ vendor: 'V', intervalSeconds: 300 }) },
  });
}

describe('eventHeaders', () => {
  it('say what an event is, and what brought it about', () => {
    const event = booted();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const known = { 'content-type': 'application/protobuf', 'event-type': 'cp.boot', 'schema-version': '1' };
    expect(eventHeaders('cp.boot', encodeEvent(event))).toEqual(known);
    expect(eventHeaders('cp.boot', encodeEvent({ ...event, traceparent }))).toEqual({ ...known, traceparent });
  });

  it('say the type alone of bytes that are no event', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(eventHeaders('cp.boot', bytes)).toMatchObject({ 'event-type': 'cp.boot' });
      }),
    );
  });
});

describe('makeEvent', () => {
  it('names the topic after the payload', () => {
    expect(booted().type).toBe('cp.boot');
    expect(ALL_TOPICS).toContain(booted().type);
  });

  it('gives UUIDv7 ids that sort by recording time', () => {
    const [first, second] = [booted(), booted()];
    expect(first.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(first.id).not.toBe(second.id);
    expect(parseInt(first.id.replaceAll('-', '').slice(0, 12), 16)).toBe(recordedAt.getTime());
  });
});

describe('decodeEvent', () => {
  it('reads back what encodeEvent wrote, absent numbers staying absent', () => {
    const event = makeEvent({
      cpId: 'CP1',
      protocol: 'ocpp2.0.1',
      pod: 'p',
      occurredAt: recordedAt,
      recordedAt,
      payload: {
        $case: 'transactionEnded',
        value: TransactionEnded.fromPartial({ transactionId: 't', meterStopWh: 0 }),
      },
    });
    const read = decodeEvent(encodeEvent(event));
    expect(read).toEqual(event);
    expect(read.payload?.value).toMatchObject({ meterStopWh: 0, energyWh: undefined });
  });

  it('refuses a schema version it does not know', () => {
    const bytes = Event.encode({ ...booted(), schemaVersion: EVENT_SCHEMA_VERSION + 1 }).finish();
    expect(() => decodeEvent(bytes)).toThrow(UndecodableEventError);
  });

  it.each(['id', 'cpId', 'payload'] as const)('refuses an event without %s', (field) => {
    const bytes = Event.encode(Event.fromPartial({ ...booted(), [field]: undefined })).finish();
    expect(() => decodeEvent(bytes)).toThrow(UndecodableEventError);
  });

  it('never throws anything but UndecodableEventError, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodeEvent(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(UndecodableEventError);
        }
      }),
    );
  });
});

describe('names', () => {
  it('keeps the Redis keys of the contract', () => {
    expect([redisKeys.online('A'), redisKeys.command('A'), redisKeys.reply('r')]).toEqual([
      'cp:online:A',
      'cp:cmd:A',
      'cp:reply:r',
    ]);
    expect(redisKeys.authorize('TaG')).toBe('auth:untyped:tag');
    expect(redisKeys.authorize('TaG', 'ISO14443')).toBe('auth:ISO14443:tag');
  });

  it('finds the cached answers about a token of any type', () => {
    const keys = authorizeKeys('TaG');
    expect(new Set(keys).size).toBe(9);
    expect(keys).toEqual(expect.arrayContaining(['auth:untyped:tag', 'auth:eMAID:tag', 'auth:Central:tag']));
  });

  it('gives each consumer its own dead letters', () => {
    expect(deadLetterTopic('clickhouse-ingestor', 'cp.meter')).toBe('clickhouse-ingestor.cp.meter.dlq');
  });
});
