/**
 * The deviations of real chargers (notes 4), one rule for each. Only this list says what happens to them. The id labels
 * `eveys_ocpp_ws_deviations_total` and the log, once per connection. Where a rule acts: `schema` the reading of payloads, whose
 * exceptions by field are in each protocol library, `frame` the frame reader, `message` the handlers and the pipeline,
 * `record` where the edge records what the message says, `session` and `handshake` the edge besides.
 */
export interface FieldRule {
  id: string;
  /** Number of the behaviour in notes 4. */
  behaviour: number;
  where: 'schema' | 'frame' | 'message' | 'record' | 'session' | 'handshake';
  /** The only version it acts in; absent: all. */
  version?: '1.6' | '2.0.1';
  /** What is made of it when the charger's tolerance is lenient. */
  lenient: string;
  /** What is made of it when the tolerance is strict. */
  strict: string;
}

const REFUSED = 'refused with the code of the fault';
const SAME = 'the same';

export const FIELD_RULES = [
  {
    id: 'timestamp-without-offset',
    behaviour: 1,
    where: 'schema',
    lenient: 'read as UTC, the text kept',
    strict: REFUSED,
  },
  {
    id: 'timestamp-other-format',
    behaviour: 2,
    where: 'schema',
    lenient: 'ISO 8601 basic, seconds since 1970, a date alone, RFC 2822 and the like are read, the text kept',
    strict: REFUSED,
  },
  {
    id: 'timestamp-unreadable',
    behaviour: 2,
    where: 'schema',
    lenient: 'the receive time stands in, the text is kept',
    strict: REFUSED,
  },
  {
    id: 'clock-absurd',
    behaviour: 2,
    where: 'message',
    lenient: 'a time more than 366 days past or a day ahead: the receive time stands in, the text is kept',
    strict: SAME,
  },
  {
    id: 'json-value-missing',
    behaviour: 3,
    where: 'frame',
    lenient: 'a field without its value is read as null, and so as absent; JSON broken otherwise is never repaired',
    strict: 'answered with an error where the id is legible, else dropped',
  },
  {
    id: 'json-comma-stray',
    behaviour: 3,
    where: 'frame',
    lenient: 'a comma with nothing before or behind it is left out',
    strict: 'answered with an error where the id is legible, else dropped',
  },
  {
    id: 'transaction-id-unusable',
    behaviour: 4,
    where: 'message',
    version: '1.6',
    lenient: '-1, 0 or beyond 32 bits names none: found by all other evidence, or unassigned',
    strict: SAME,
  },
  {
    id: 'stop-unassigned',
    behaviour: 5,
    where: 'record',
    version: '1.6',
    lenient: 'a stop that fits no transaction, or several: answered, kept unassigned, and assigned once it fits one',
    strict: SAME,
  },
  {
    id: 'transaction-corrected',
    behaviour: 5,
    where: 'record',
    lenient: 'an end, or a start, of a transaction that had one: it corrects what was known, and is published',
    strict: SAME,
  },
  {
    id: 'transaction-id-reused',
    behaviour: 6,
    where: 'record',
    version: '2.0.1',
    lenient: 'another transaction under an id that was used before: a session of its own',
    strict: SAME,
  },
  {
    id: 'start-repeated',
    behaviour: 6,
    where: 'message',
    version: '1.6',
    lenient: 'the same transactionId and the same status again',
    strict: SAME,
  },
  {
    id: 'message-id-repeated',
    behaviour: 7,
    where: 'session',
    lenient: 'handled as a new message: content decides what is a repetition',
    strict: SAME,
  },
  {
    id: 'reconnect-without-close',
    behaviour: 8,
    where: 'session',
    lenient: 'the newest connection wins, the older is closed',
    strict: SAME,
  },
  {
    id: 'message-before-boot',
    behaviour: 9,
    where: 'message',
    lenient:
      'taken from a station of which nothing is known; from a Pending one, what it may be asked for (2.0.1: what it was asked for)',
    strict: 'SecurityError to a station of which nothing is known; the same to a Pending one',
  },
  {
    id: 'command-before-first-message',
    behaviour: 10,
    where: 'session',
    lenient: 'the command waits for the first message of the charger, or for a grace period',
    strict: SAME,
  },
  {
    id: 'no-subprotocol',
    behaviour: 11,
    where: 'handshake',
    lenient: 'taken for OCPP 1.6 where the charge point or the gateway is set so, else 400',
    strict: SAME,
  },
  {
    id: 'odd-subprotocol',
    behaviour: 11,
    where: 'handshake',
    lenient: 'a spelling that can mean only one version is taken for it, and echoed as it was offered',
    strict: SAME,
  },
  {
    id: 'odd-path',
    behaviour: 12,
    where: 'handshake',
    lenient: 'the last segment that is not empty is the identity, decoded once',
    strict: SAME,
  },
  {
    id: 'enum-letter-case',
    behaviour: 13,
    where: 'schema',
    lenient: 'a word, the name of a field or of an action is read as the one it is but for case, blanks and marks',
    strict: REFUSED,
  },
  {
    id: 'unknown-word-kept',
    behaviour: 13,
    where: 'schema',
    lenient: 'a word of no specification is kept as received where it only describes',
    strict: REFUSED,
  },
  {
    id: 'unknown-word-replaced',
    behaviour: 13,
    where: 'schema',
    lenient:
      'where the word decides, the neutral one is read: OtherError (the word beside as vendorErrorCode), Other, Unknown',
    strict: REFUSED,
  },
  { id: 'number-for-text', behaviour: 14, where: 'schema', lenient: 'read as its text, all digits', strict: REFUSED },
  {
    id: 'text-for-number',
    behaviour: 14,
    where: 'schema',
    lenient: 'read as the number; a reading that is none is kept as text',
    strict: REFUSED,
  },
  {
    id: 'value-for-boolean',
    behaviour: 14,
    where: 'schema',
    lenient: '0, 1, "true", "no" and the like are read',
    strict: REFUSED,
  },
  {
    id: 'fractional-integer',
    behaviour: 14,
    where: 'schema',
    lenient: 'a quantity is rounded; an identifier is no number',
    strict: REFUSED,
  },
  { id: 'null-for-absent', behaviour: 14, where: 'schema', lenient: 'taken for absent', strict: REFUSED },
  {
    id: 'field-senseless',
    behaviour: 14,
    where: 'schema',
    lenient: 'what cannot be read, or is nested too deeply, is dropped and logged, unless it is indispensable',
    strict: REFUSED,
  },
  {
    id: 'field-missing',
    behaviour: 14,
    where: 'schema',
    lenient: 'the neutral value stands in, unless the field is indispensable',
    strict: REFUSED,
  },
  {
    id: 'object-for-array',
    behaviour: 15,
    where: 'schema',
    lenient: 'one where a list is due is a list of one, and a list of one where one is due is that one',
    strict: REFUSED,
  },
  {
    id: 'list-length',
    behaviour: 15,
    where: 'schema',
    lenient: 'an empty list of an optional field is absent, of a required one empty; too long a list is taken whole',
    strict: REFUSED,
  },
  {
    id: 'list-item-odd',
    behaviour: 15,
    where: 'schema',
    lenient: 'an item that cannot be read is left out and logged, the others are taken',
    strict: REFUSED,
  },
  {
    id: 'other-shape',
    behaviour: 15,
    where: 'schema',
    lenient:
      'fields of another version or in another place are read where they belong: none that changes the meaning of another is lost',
    strict: REFUSED,
  },
  {
    id: 'empty-readings',
    behaviour: 15,
    where: 'message',
    version: '1.6',
    lenient: 'accepted, nothing is stored',
    strict: SAME,
  },
  {
    id: 'reading-not-numeric',
    behaviour: 16,
    where: 'message',
    lenient: 'kept as sent, without a value',
    strict: SAME,
  },
  {
    id: 'json-number-invalid',
    behaviour: 16,
    where: 'frame',
    lenient: 'a bare NaN, inf and the like, or a number with a plus or leading zeros, is read as that text',
    strict: 'answered with an error where the id is legible, else dropped',
  },
  {
    id: 'over-long-text',
    behaviour: 17,
    where: 'schema',
    lenient: 'texts that describe are cut to what the schema allows',
    strict: REFUSED,
  },
  {
    id: 'over-long-identifier',
    behaviour: 17,
    where: 'schema',
    lenient: 'taken whole: cut, it would be another; a tag is Invalid',
    strict: REFUSED,
  },
  { id: 'null-payload', behaviour: 18, where: 'frame', lenient: 'read as {}', strict: SAME },
  { id: 'empty-frame', behaviour: 18, where: 'frame', lenient: 'ignored', strict: SAME },
  { id: 'byte-order-mark', behaviour: 18, where: 'frame', lenient: 'ignored', strict: SAME },
  {
    id: 'control-character',
    behaviour: 18,
    where: 'frame',
    lenient: 'within texts it is taken as if it were escaped; elsewhere it is ignored, and a NUL ends the frame',
    strict: 'answered with an error where the id is legible, else dropped',
  },
  {
    id: 'frame-head-odd',
    behaviour: 18,
    where: 'frame',
    lenient:
      'a message id that is a number or has up to 255 characters is echoed as sent; a message type may be text, an answer may repeat its action',
    strict: 'refused; an answer is dropped',
  },
  { id: 'unknown-property', behaviour: 18, where: 'schema', lenient: 'ignored', strict: REFUSED },
  { id: 'reservation-id-zero', behaviour: 18, where: 'message', version: '1.6', lenient: 'means none', strict: SAME },
  {
    id: 'mangled-error',
    behaviour: 19,
    where: 'frame',
    lenient: 'a CALLERROR short of elements, or an answer that is no JSON, still ends the CALL that waits, at once',
    strict: SAME,
  },
  {
    id: 'answer-to-nothing',
    behaviour: 19,
    where: 'session',
    lenient: 'an answer to an answer, or to no CALL that waits: dropped, never answered',
    strict: SAME,
  },
  {
    id: 'no-pong',
    behaviour: 20,
    where: 'session',
    lenient: 'any traffic is a sign of life; silence is measured by the heartbeat interval; pings may be switched off',
    strict: SAME,
  },
  {
    id: 'unnegotiated-compression',
    behaviour: 20,
    where: 'session',
    lenient: 'the frame cannot be read: the socket is closed with 1002, and the log names the cause',
    strict: SAME,
  },
  {
    id: 'unusable-compression-offer',
    behaviour: 20,
    where: 'handshake',
    version: '2.0.1',
    lenient: 'the offer is declined, the connection goes on without compression',
    strict: SAME,
  },
] as const satisfies readonly FieldRule[];

export type FieldRuleId = (typeof FIELD_RULES)[number]['id'];
