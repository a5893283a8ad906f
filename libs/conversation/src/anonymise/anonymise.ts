import type { RecordedMessage } from '../conversation.ts';
import { frameOf, isObject } from '../frame.ts';
import { FIELD_NAMES } from '../shapes.ts';
import { isFreeNumber, isIdentifying, roomIn, treatmentOf } from './fields.ts';
import { KnownValues } from './known-values.ts';
import { Pseudonyms } from './pseudonyms.ts';

const encoder = new TextEncoder();
/** A number with so many digits may be a card or serial number. */
const LONG_NUMBER = 6;

/**
 * The messages without what identifies somebody: identities, id tokens, serial numbers, addresses, certificates, and whatever a
 * charge point says in its own words. Equal values have equal replacements, also in another letter case. Ids of transactions
 * stay, unless such a value is in them.
 *
 * @param salt a random text, another one for each export: whoever knows it can guess values
 */
export function* anonymised(messages: readonly RecordedMessage[], salt: string): Generator<RecordedMessage> {
  const known = new KnownValues();
  for (const message of messages) collect(message, known);
  const anonymiser = new Anonymiser(known, new Pseudonyms(salt));
  for (const message of messages) yield anonymiser.message(message);
}

function collect(message: RecordedMessage, known: KnownValues): void {
  known.add(message.cpId);
  const frame = frameOf(message);
  if (frame.kind === 'call' || frame.kind === 'result') collectFrom(frame.payload, [], known);
  if (frame.kind === 'error') collectFrom(frame.details, [], known);
}

function collectFrom(value: unknown, path: readonly string[], known: KnownValues): void {
  if (typeof value === 'string' || typeof value === 'number') {
    if (isIdentifying(path, String(value))) known.add(String(value));
  } else if (Array.isArray(value)) for (const item of value) collectFrom(item, path, known);
  else if (isObject(value))
    for (const [name, member] of Object.entries(value)) collectFrom(member, [...path, name], known);
}

class Anonymiser {
  private readonly known: KnownValues;
  private readonly pseudonyms: Pseudonyms;

  constructor(known: KnownValues, pseudonyms: Pseudonyms) {
    this.known = known;
    this.pseudonyms = pseudonyms;
  }

  message(message: RecordedMessage): RecordedMessage {
    const raw = this.raw(message);
    return {
      ...message,
      cpId: message.cpId === '' ? '' : this.pseudonyms.of(message.cpId),
      messageId: this.neutral(message.messageId),
      action: this.neutral(message.action),
      transactionId: this.neutral(message.transactionId),
      errorCode: this.errorCode(message.errorCode),
      raw,
      sizeBytes: encoder.encode(raw).length,
    };
  }

  private raw(message: RecordedMessage): string {
    const frame = frameOf(message);
    switch (frame.kind) {
      case 'call':
        return JSON.stringify([2, this.neutral(frame.id), this.neutral(frame.action), this.value(frame.payload, [])]);
      case 'result':
        return JSON.stringify([3, this.neutral(frame.id), this.value(frame.payload, [])]);
      case 'error': {
        const { word, description, details } = frame;
        // Our own descriptions name fields and never quote a frame.
        const said = message.direction === 'out' ? this.neutral(description) : this.text(description, ['description']);
        return JSON.stringify([4, this.neutral(frame.id), this.errorCode(word), said, this.value(details, [])]);
      }
      case 'brokenAnswer':
      case 'ignored':
      case 'fault':
        // Nobody knows what is where in it, so only its shape stays.
        return message.raw.replaceAll(/[\p{L}\p{N}]/gu, 'x');
    }
  }

  private value(value: unknown, path: readonly string[]): unknown {
    if (typeof value === 'string') return this.text(value, path);
    if (typeof value === 'number') return this.number(value, path);
    if (Array.isArray(value)) return value.map((item) => this.value(item, path));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [this.name(name), this.value(member, [...path, name])]),
    );
  }

  private text(text: string, path: readonly string[]): string {
    switch (treatmentOf(path, text)) {
      case 'kept':
        return text;
      case 'neutral':
        return this.neutral(text).slice(0, roomIn(path));
      case 'replaced':
        return this.pseudonyms.of(text);
      case 'address':
        return this.pseudonyms.ofUrl(text);
    }
  }

  private name(name: string): string {
    return FIELD_NAMES.has(name) ? name : this.neutral(name);
  }

  private neutral(text: string): string {
    return this.known.areIn(text) ? this.pseudonyms.of(text) : text;
  }

  private number(value: number, path: readonly string[]): number {
    const text = String(value);
    const isCard = text.length >= LONG_NUMBER && (this.known.has(text) || isFreeNumber(path));
    return isCard || isIdentifying(path, text) ? this.pseudonyms.ofNumber(value) : value;
  }

  /** A code of the specification consists of letters. */
  private errorCode(code: string): string {
    return /^[A-Za-z]*$/.test(code) ? this.neutral(code) : this.pseudonyms.of(code);
  }
}
