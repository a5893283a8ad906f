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
const DROPPED = 'answered with an error where the id is legible, else dropped';
const SAME = 'the same';

const rule = <const Id extends string>(
  behaviour: number,
  where: FieldRule['where'],
  id: Id,
  lenient: string,
  strict: string,
  version?: FieldRule['version'],
): FieldRule & { id: Id } => ({ id, behaviour, where, lenient, strict, ...(version && { version }) });

export const FIELD_RULES = [
  rule(1, 'schema', 'timestamp-without-offset', 'read as UTC, the text kept', REFUSED),
  rule(
    2,
    'schema',
    'timestamp-other-format',
    'ISO 8601 basic, seconds since 1970, a date alone, RFC 2822 and the like are read, the text kept',
    REFUSED,
  ),
  rule(2, 'schema', 'timestamp-unreadable', 'the receive time stands in, the text is kept', REFUSED),
  rule(
    2,
    'message',
    'clock-absurd',
    'a time more than 366 days past or a day ahead: the receive time stands in, the text is kept',
    SAME,
  ),
  rule(
    3,
    'frame',
    'json-value-missing',
    'a field without its value is read as null, and so as absent; JSON broken otherwise is never repaired',
    DROPPED,
  ),
  rule(3, 'frame', 'json-comma-stray', 'a comma with nothing before or behind it is left out', DROPPED),
  rule(
    4,
    'message',
    'transaction-id-unusable',
    '-1, 0 or beyond 32 bits names none: found by all other evidence, or unassigned',
    SAME,
    '1.6',
  ),
  rule(
    5,
    'record',
    'stop-unassigned',
    'a stop that fits no transaction, or several: answered, kept unassigned, and assigned once it fits one',
    SAME,
    '1.6',
  ),
  rule(
    5,
    'record',
    'transaction-corrected',
    'an end, or a start, of a transaction that had one: it corrects what was known, and is published',
    SAME,
  ),
  rule(
    6,
    'record',
    'transaction-id-reused',
    'another transaction under an id that was used before: a session of its own',
    SAME,
    '2.0.1',
  ),
  rule(6, 'message', 'start-repeated', 'the same transactionId and the same status again', SAME, '1.6'),
  rule(7, 'session', 'message-id-repeated', 'handled as a new message: content decides what is a repetition', SAME),
  rule(8, 'session', 'reconnect-without-close', 'the newest connection wins, the older is closed', SAME),
  rule(
    9,
    'message',
    'message-before-boot',
    'taken from a station of which nothing is known; from a Pending one, what it may be asked for (2.0.1: what it was asked for)',
    'SecurityError to a station of which nothing is known; the same to a Pending one',
  ),
  rule(
    10,
    'session',
    'command-before-first-message',
    'the command waits for the first message of the charger, or for a grace period',
    SAME,
  ),
  rule(
    11,
    'handshake',
    'no-subprotocol',
    'taken for OCPP 1.6 where the charge point or the gateway is set so, else 400',
    SAME,
  ),
  rule(
    11,
    'handshake',
    'odd-subprotocol',
    'a spelling that can mean only one version is taken for it, and echoed as it was offered',
    SAME,
  ),
  rule(12, 'handshake', 'odd-path', 'the last segment that is not empty is the identity, decoded once', SAME),
  rule(
    13,
    'schema',
    'enum-letter-case',
    'a word, the name of a field or of an action is read as the one it is but for case, blanks and marks',
    REFUSED,
  ),
  rule(
    13,
    'schema',
    'unknown-word-kept',
    'a word of no specification is kept as received where it only describes',
    REFUSED,
  ),
  rule(
    13,
    'schema',
    'unknown-word-replaced',
    'where the word decides, the neutral one is read: OtherError (the word beside as vendorErrorCode), Other, Unknown',
    REFUSED,
  ),
  rule(14, 'schema', 'number-for-text', 'read as its text, all digits', REFUSED),
  rule(14, 'schema', 'text-for-number', 'read as the number; a reading that is none is kept as text', REFUSED),
  rule(14, 'schema', 'value-for-boolean', '0, 1, "true", "no" and the like are read', REFUSED),
  rule(14, 'schema', 'fractional-integer', 'a quantity is rounded; an identifier is no number', REFUSED),
  rule(14, 'schema', 'null-for-absent', 'taken for absent', REFUSED),
  rule(
    14,
    'schema',
    'field-senseless',
    'what cannot be read, or is nested too deeply, is dropped and logged, unless it is indispensable',
    REFUSED,
  ),
  rule(14, 'schema', 'field-missing', 'the neutral value stands in, unless the field is indispensable', REFUSED),
  rule(
    15,
    'schema',
    'object-for-array',
    'one where a list is due is a list of one, and a list of one where one is due is that one',
    REFUSED,
  ),
  rule(
    15,
    'schema',
    'list-length',
    'an empty list of an optional field is absent, of a required one empty; too long a list is taken whole',
    REFUSED,
  ),
  rule(
    15,
    'schema',
    'list-item-odd',
    'an item that cannot be read is left out and logged, the others are taken',
    REFUSED,
  ),
  rule(
    15,
    'schema',
    'other-shape',
    'fields of another version or in another place are read where they belong: none that changes the meaning of another is lost',
    REFUSED,
  ),
  rule(15, 'message', 'empty-readings', 'accepted, nothing is stored', SAME, '1.6'),
  rule(16, 'message', 'reading-not-numeric', 'kept as sent, without a value', SAME),
  rule(
    16,
    'frame',
    'json-number-invalid',
    'a bare NaN, inf and the like, or a number with a plus or leading zeros, is read as that text',
    DROPPED,
  ),
  rule(17, 'schema', 'over-long-text', 'texts that describe are cut to what the schema allows', REFUSED),
  rule(17, 'schema', 'over-long-identifier', 'taken whole: cut, it would be another; a tag is Invalid', REFUSED),
  rule(18, 'frame', 'null-payload', 'read as {}', SAME),
  rule(18, 'frame', 'empty-frame', 'ignored', SAME),
  rule(18, 'frame', 'byte-order-mark', 'ignored', SAME),
  rule(
    18,
    'frame',
    'control-character',
    'within texts it is taken as if it were escaped; elsewhere it is ignored, and a NUL ends the frame',
    DROPPED,
  ),
  rule(
    18,
    'frame',
    'frame-head-odd',
    'a message id that is a number or has up to 255 characters is echoed as sent; a message type may be text, an answer may repeat its action',
    'refused; an answer is dropped',
  ),
  rule(18, 'schema', 'unknown-property', 'ignored', REFUSED),
  rule(18, 'message', 'reservation-id-zero', 'means none', SAME, '1.6'),
  rule(
    19,
    'frame',
    'mangled-error',
    'a CALLERROR short of elements, or an answer that is no JSON, still ends the CALL that waits, at once',
    SAME,
  ),
  rule(
    19,
    'session',
    'answer-to-nothing',
    'an answer to an answer, or to no CALL that waits: dropped, never answered',
    SAME,
  ),
  rule(
    20,
    'session',
    'no-pong',
    'any traffic is a sign of life; silence is measured by the heartbeat interval; pings may be switched off',
    SAME,
  ),
  rule(
    20,
    'session',
    'unnegotiated-compression',
    'the frame cannot be read: the socket is closed with 1002, and the log names the cause',
    SAME,
  ),
  rule(
    20,
    'handshake',
    'unusable-compression-offer',
    'the offer is declined, the connection goes on without compression',
    SAME,
    '2.0.1',
  ),
];

export type FieldRuleId = (typeof FIELD_RULES)[number]['id'];
