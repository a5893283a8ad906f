import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ErrorCode, Framing } from './dialect.ts';
import { encodeCall, encodeError, encodeResult, parseFrame as parse, type ParsedFrame } from './frame.ts';
import type { Tolerance } from './protocol.ts';

const CODES: readonly ErrorCode[] = [
  'NotImplemented',
  'NotSupported',
  'InternalError',
  'ProtocolError',
  'SecurityError',
  'FormatViolation',
  'PropertyConstraintViolation',
  'OccurrenceConstraintViolation',
  'TypeConstraintViolation',
  'GenericError',
  'MessageTypeNotSupported',
  'RpcFrameworkError',
];
const identity = Object.fromEntries(CODES.map((code) => [code, code])) as Record<ErrorCode, string>;

const v16: Framing & { subprotocol: string } = {
  subprotocol: 'ocpp1.6',
  errorCodes: {
    ...identity,
    FormatViolation: 'FormationViolation',
    OccurrenceConstraintViolation: 'OccurenceConstraintViolation',
    RpcFrameworkError: 'FormationViolation',
    MessageTypeNotSupported: 'GenericError',
  },
  answersUnreadableId: false,
  answersUnknownMessageType: false,
  maxMessageIdLength: 36,
};
const v201: Framing & { subprotocol: string } = {
  subprotocol: 'ocpp2.0.1',
  errorCodes: identity,
  answersUnreadableId: true,
  answersUnknownMessageType: true,
  maxMessageIdLength: 36,
};

function parseFrame(data: string, dialect: Framing, tolerance: Tolerance = 'lenient'): ParsedFrame {
  return parse(data, dialect, tolerance);
}

/** [id, code] of the CALLERROR that answers a frame; null when it is dropped. */
function answer(data: string, dialect: Framing, tolerance: Tolerance = 'lenient'): [string, string] | null {
  const frame = parseFrame(data, dialect, tolerance);
  if (frame.kind !== 'fault') throw new Error(`expected a fault, got ${frame.kind}`);
  if (frame.reply === null) return null;
  const [type, id, code, , details] = JSON.parse(frame.reply);
  expect(type).toBe(4);
  expect(details).toEqual({});
  return [id, code];
}

describe('parseFrame', () => {
  describe.each([v16, v201])('in $subprotocol', (dialect) => {
    it('reads a CALL', () => {
      expect(parseFrame('[2,"a1","Heartbeat",{"x":1}]', dialect)).toEqual({
        kind: 'call',
        id: 'a1',
        action: 'Heartbeat',
        payload: { x: 1 },
        exactly: expect.any(Function),
      });
    });

    it('takes a null payload for an empty one', () => {
      expect(parseFrame('[2,"a1","Heartbeat",null]', dialect)).toMatchObject({ kind: 'call', payload: {} });
      expect(parseFrame('[3,"a1",null]', dialect)).toMatchObject({
        kind: 'result',
        id: 'a1',
        payload: {},
      });
    });

    it('leaves a payload that is no object to the validation', () => {
      expect(parseFrame('[2,"a1","Heartbeat",[]]', dialect)).toMatchObject({ kind: 'call', payload: [] });
      expect(parseFrame('[3,"a1","ok"]', dialect)).toMatchObject({ kind: 'result', payload: 'ok' });
    });

    it('overlooks elements after the fourth', () => {
      expect(parseFrame('[2,"a1","Heartbeat",{},{}]', dialect)).toMatchObject({ kind: 'call' });
    });

    it('strips a byte order mark', () => {
      expect(parseFrame('\uFEFF[2,"a1","Heartbeat",{}]', dialect)).toMatchObject({ kind: 'call', id: 'a1' });
    });

    it('ignores an empty text frame', () => {
      for (const data of ['', ' \r\n', '\uFEFF', '\0', '\0\r\n'])
        expect(parseFrame(data, dialect).kind).toBe('ignored');
    });

    it('takes an id of 36 characters', () => {
      expect(parseFrame(`[2,"${'x'.repeat(36)}","Heartbeat",{}]`, dialect)).toMatchObject({ kind: 'call' });
    });

    it('reads a CALLERROR', () => {
      expect(parseFrame('[4,"a1","NotSupported","no","{}"]', dialect)).toEqual({
        kind: 'error',
        id: 'a1',
        code: 'NotSupported',
        word: 'NotSupported',
        description: 'no',
        details: { value: '{}' },
      });
    });

    it.each([
      ['FormationViolation', 'FormatViolation'],
      ['FormatViolation', 'FormatViolation'],
      ['OccurenceConstraintViolation', 'OccurrenceConstraintViolation'],
      ['OccurrenceConstraintViolation', 'OccurrenceConstraintViolation'],
      ['RpcFrameworkError', 'RpcFrameworkError'],
      ['SomethingElse', 'GenericError'],
      ['notsupported', 'NotSupported'],
      ['NOT_IMPLEMENTED', 'NotImplemented'],
      ['constructor', 'GenericError'],
    ])("F32 reads the error code %s as %s and keeps the charger's word", (word, code) => {
      expect(parseFrame(JSON.stringify([4, 'a1', word, '', {}]), dialect)).toMatchObject({ kind: 'error', code, word });
    });

    it.each([
      [404, '404'],
      [` ${'x'.repeat(300)}`, 'x'.repeat(100)],
      [null, ''],
      [{ code: 'NotSupported' }, ''],
    ])('F32 keeps of the error code %j the word %j', (wire, word) => {
      expect(parseFrame(JSON.stringify([4, 'a1', wire, '', {}]), dialect)).toMatchObject({
        code: 'GenericError',
        word,
      });
    });

    it.each(['[4,"a1"]', '[4,"a1",5]', '[4,"a1","GenericError"]', '[4,"a1","GenericError",null,null]'])(
      'lets the mangled CALLERROR %s end its CALL',
      (data) => {
        expect(parseFrame(data, dialect)).toMatchObject({
          kind: 'error',
          id: 'a1',
          code: 'GenericError',
          description: '',
          details: {},
        });
      },
    );

    it.each([
      '[3]',
      '[3,7,{}]',
      `[3,"${'x'.repeat(37)}",{}]`,
      '[4]',
      '[4,null,"GenericError","",{}]',
      '["3","a1",{}]',
      '["4","a1","GenericError","",{}]',
      '[3,{"status":',
    ])('never answers the broken answer %s', (data) => {
      expect(answer(data, dialect, 'strict')).toBeNull();
    });

    it.each([
      '[3,"a1",{"configurationKey":[',
      '[3,"a1",{"status":Accepted}]',
      ' [ 4 , "a1", "GenericError", "',
      '["3","a1",{',
      '[3,"a1",}',
    ])('F3 lets the broken answer %s end the CALL whose id it has', (data) => {
      for (const tolerance of ['strict', 'lenient'] as const)
        expect(parseFrame(data, dialect, tolerance)).toEqual({
          kind: 'brokenAnswer',
          id: 'a1',
          text: data,
          reason: 'message is not JSON',
          noted: ['mangled-error'],
        });
    });

    it('F3 tells the beginning of a long one', () => {
      const frame = parseFrame(`[3,"a1",{"data":"${'x'.repeat(100_000)}`, dialect);
      expect(frame).toMatchObject({ kind: 'brokenAnswer' });
      expect('text' in frame && frame.text).toHaveLength(1000);
    });

    it.each([
      ['17', '17'],
      ['9223372036854775807', '9223372036854775807'],
      ['-1.50', '-1.50'],
      [`"${'x'.repeat(37)}"`, 'x'.repeat(37)],
      [`"${'x'.repeat(255)}"`, 'x'.repeat(255)],
    ])('F2 reads the message id %s, and echoes it as sent', (written, id) => {
      const frame = parseFrame(`[2,${written},"Heartbeat",{}]`, dialect);
      if (frame.kind !== 'call') throw new Error(frame.kind);
      expect(frame).toMatchObject({ id, noted: ['frame-head-odd'] });
      expect(encodeResult(frame, { a: 1 })).toBe(`[3,${written},{"a":1}]`);
      expect(encodeError(dialect, frame, 'InternalError', 'no')).toBe(`[4,${written},"InternalError","no",{}]`);
    });

    it('F2 refuses a message id beyond 255 characters without echoing it', () => {
      for (const tolerance of ['strict', 'lenient'] as const)
        for (const id of [`"${'x'.repeat(256)}"`, `"${'x'.repeat(1_000_000)}"`, '1'.repeat(300)])
          expect(answer(`[2,${id},"Heartbeat",{}]`, dialect, tolerance)).toEqual([
            '-1',
            dialect.errorCodes.RpcFrameworkError,
          ]);
    });

    it('F2 refuses a CALL under the number that is its id', () => {
      expect(parseFrame('[2,17,"Heartbeat"]', dialect)).toMatchObject({
        reply: expect.stringMatching(/^\[4,17,"/),
      });
      expect(parseFrame('[2,17,"Heartbeat",{', dialect)).toMatchObject({ reply: expect.stringMatching(/^\[4,17,"/) });
    });

    it.each([
      ['["2","a1","Heartbeat",{}]', 'call'],
      ['["3","a1",{}]', 'result'],
      ['["4","a1","GenericError","",{}]', 'error'],
    ])('F2 reads the message type of %s', (data, kind) => {
      expect(parseFrame(data, dialect)).toMatchObject({ kind, id: 'a1', noted: ['frame-head-odd'] });
    });

    it('F6 gives the digits of numbers where they are asked for', () => {
      const frame = parseFrame('[2,"a1","BootNotification",{"iccid":8931080019073497795,"n":1.5,"t":1.50}]\0', dialect);
      expect('exactly' in frame && frame.exactly()).toEqual({
        iccid: { source: '8931080019073497795' },
        n: 1.5,
        t: { source: '1.50' },
      });
    });

    it.each([
      ['[3,"a1","Reset",{"status":"Accepted"}]', { status: 'Accepted' }],
      ['[3,"a1",{"status":"Accepted"},"Reset"]', { status: 'Accepted' }],
      ['[3,"a1",{"status":"Accepted"},{}]', { status: 'Accepted' }],
      ['[3,"a1","Reset"]', 'Reset'],
      ['[3,"a1","Reset",null]', 'Reset'],
    ])('finds the payload of the answer %s where the action is repeated before it', (data, payload) => {
      expect(parseFrame(data, dialect)).toMatchObject({ kind: 'result', id: 'a1', payload });
      const strict = parseFrame(data, dialect, 'strict');
      expect(strict).toMatchObject({ payload: JSON.parse(data)[2] });
    });

    it.each([
      ['[4,"a1","NotSupported",{"why":"no"}]', { why: 'no' }],
      ['[4,"a1","NotSupported",{"why":"no"},null]', { why: 'no' }],
      ['[4,"a1","NotSupported",["no"]]', { value: ['no'] }],
      ['[4,"a1","NotSupported",null]', {}],
    ])('keeps the details of %s, which has no description', (data, details) => {
      expect(parseFrame(data, dialect)).toMatchObject({
        kind: 'error',
        code: 'NotSupported',
        description: '',
        details,
      });
    });

    it('F1 reads a frame with stray commas, and counts that', () => {
      for (const data of ['[2,"a1","Heartbeat",{"x":[,1,],},]', '[,2,"a1",,"Heartbeat",{"x":[1]}]']) {
        expect(parseFrame(data, dialect)).toMatchObject({
          kind: 'call',
          action: 'Heartbeat',
          payload: { x: [1] },
          noted: ['json-comma-stray'],
        });
        expect(parseFrame(data, dialect, 'strict').kind).toBe('fault');
      }
    });

    it.each(['[2,"a1"]', '[2,"a1","Heartbeat"]', '[2,"a1",{}]', '[2,"a1",null,{}]'])(
      'refuses the incomplete CALL %s under its id',
      (data) => {
        expect(answer(data, dialect)).toEqual(['a1', dialect.errorCodes.RpcFrameworkError]);
      },
    );

    it('refuses a CALL that is not JSON under the id that is still legible', () => {
      const code = dialect.errorCodes.RpcFrameworkError;
      expect(answer('[2,"a1","MeterValues",{"transactionId":,"x":1}]', dialect, 'strict')).toEqual(['a1', code]);
      expect(answer('[2,"a1","MeterValues",{"transactionId":,"x":0x1}]', dialect)).toEqual(['a1', code]);
      expect(answer(' [ 2, "q\\"1", "MeterValues", {"v":NaN}]', dialect, 'strict')).toEqual(['q"1', code]);
      expect(answer('[2,"a1"', dialect)).toEqual(dialect.answersUnreadableId ? ['-1', code] : null);
    });

    it('does not take a broken id for legible', () => {
      const code = dialect.errorCodes.RpcFrameworkError;
      const broken = '[2,"a\\x","Heartbeat",{}]';
      expect(answer(broken, dialect)).toEqual(dialect.answersUnreadableId ? ['-1', code] : null);
    });

    it('never throws, and says nothing but CALLERRORs', () => {
      const mangled = fc.oneof(
        fc.string(),
        fc.json(),
        fc.array(fc.jsonValue()).map((message) => JSON.stringify(message)),
        fc
          .tuple(fc.integer({ min: 1, max: 7 }), fc.jsonValue(), fc.jsonValue(), fc.jsonValue())
          .map((message) => JSON.stringify(message)),
        fc.tuple(fc.nat(40), fc.nat(40)).map(([a, b]) => '[2,"id-1","StatusNotification",{"a":1}]'.slice(a, a + b)),
      );
      fc.assert(
        fc.property(mangled, fc.constantFrom('strict', 'lenient'), (data, tolerance) => {
          const frame = parseFrame(data, dialect, tolerance);
          if (frame.kind !== 'fault' || frame.reply === null) return;
          const [type, id, , description] = JSON.parse(frame.reply);
          expect(type).toBe(4);
          expect(['string', 'number']).toContain(typeof id);
          expect(description.length).toBeLessThanOrEqual(255);
        }),
      );
    });
  });

  const idless = ['[2]', '[2,null,"Heartbeat",{}]', '[2,{},"Heartbeat",{}]', '{}', '7', '"x"', 'nonsense', '[]'];

  it.each(idless)('drops %s in 1.6, which has no id for the unreadable', (data) => {
    expect(answer(data, v16)).toBeNull();
  });

  it.each([...idless, '[2,17,"Heartbeat",{}]', `[2,"${'x'.repeat(37)}","Heartbeat",{}]`])(
    'answers %s with RpcFrameworkError under id -1 in 2.0.1',
    (data) => {
      expect(answer(data, v201, 'strict')).toEqual(['-1', 'RpcFrameworkError']);
    },
  );

  it('echoes an id that is too long or a number in 1.6', () => {
    expect(answer(`[2,"${'x'.repeat(37)}","Heartbeat",{}]`, v16, 'strict')).toEqual([
      'x'.repeat(37),
      'FormationViolation',
    ]);
    expect(answer('[2,17,"Heartbeat",{}]', v16, 'strict')).toEqual(['17', 'FormationViolation']);
  });

  it('refuses a message type that is no number', () => {
    expect(answer('["2","a1","Heartbeat",{}]', v16, 'strict')).toEqual(['a1', 'FormationViolation']);
    expect(answer('[null,"a1","Heartbeat",{}]', v201)).toEqual(['a1', 'RpcFrameworkError']);
  });

  it('ignores an unknown message type in 1.6 (OCPP-J 1.6 4.1.3)', () => {
    expect(parseFrame('[6,"a1","NotifyPeriodicEventStream",{}]', v16).kind).toBe('ignored');
  });

  it('answers an unknown message type with MessageTypeNotSupported in 2.0.1 (part 4 4.4)', () => {
    expect(answer('[6,"a1","NotifyPeriodicEventStream",{}]', v201)).toEqual(['a1', 'MessageTypeNotSupported']);
    expect(answer('[9]', v201)).toEqual(['-1', 'MessageTypeNotSupported']);
  });
});

describe('encoders', () => {
  it('round-trip through the parser', () => {
    const id = fc.string({ maxLength: 36 });
    fc.assert(
      fc.property(id, fc.string(), fc.dictionary(fc.string(), fc.jsonValue()), (callId, action, raw) => {
        const payload = JSON.parse(JSON.stringify(raw));
        expect(parseFrame(encodeCall(callId, action, payload), v16)).toMatchObject({
          kind: 'call',
          id: callId,
          action,
          payload,
        });
        expect(parseFrame(encodeResult(callId, payload), v16)).toMatchObject({ kind: 'result', id: callId, payload });
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(v16, v201), id, (dialect, callId) => {
        expect(parseFrame(encodeError(dialect, callId, 'FormatViolation', 'no', { a: 1 }), dialect)).toEqual({
          kind: 'error',
          id: callId,
          code: 'FormatViolation',
          word: dialect.errorCodes.FormatViolation,
          description: 'no',
          details: { a: 1 },
        });
      }),
    );
  });

  it('spell error codes as the version does', () => {
    expect(encodeError(v16, 'a1', 'OccurrenceConstraintViolation', '')).toBe(
      '[4,"a1","OccurenceConstraintViolation","",{}]',
    );
    expect(encodeError(v201, 'a1', 'OccurrenceConstraintViolation', '')).toBe(
      '[4,"a1","OccurrenceConstraintViolation","",{}]',
    );
  });

  it('keep a description within 255 characters and never cut a character in two', () => {
    const description = (text: string): string => JSON.parse(encodeError(v16, 'a1', 'GenericError', text))[3];
    expect(description('x'.repeat(255))).toHaveLength(255);
    expect(description('x'.repeat(256))).toHaveLength(255);
    expect(description('x'.repeat(253) + '🔌'.repeat(5)).isWellFormed()).toBe(true);
  });
});
