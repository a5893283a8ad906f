import { normaliseSample, type RawSample } from '../../sample.ts';
import { billOf, type Bill } from '../bill.ts';
import { EMPTY_BOOK, type RegisterBook } from '../book.ts';
import { mergeRegisters } from '../merge.ts';
import { readRegisters, type RegisterMessage } from '../read.ts';

const START = Date.UTC(2026, 2, 1, 10);
const at = (minute: number) => new Date(START + minute * 60_000);

type More = Partial<RawSample>;
/** A message of a transaction, so many minutes after its start. */
export type Message = Omit<RegisterMessage, 'at' | 'samples'> & { minute: number; samples?: ReturnType<typeof wh>[] };

export const BEGIN = { context: 'Transaction.Begin' };
export const END = { context: 'Transaction.End' };
export const wh = (minute: number, value: number | string, more: More = {}) =>
  normaliseSample({ at: at(minute), value, unit: 'Wh', ...more });
export const interval = (minute: number, value: number, more: More = {}) =>
  wh(minute, value, { measurand: 'Energy.Active.Import.Interval', ...more });
export const at3 = (minute: number, values: readonly number[], more: More = {}) =>
  values.map((value, i) => wh(minute, value, { phase: `L${i + 1}`, ...more }));
export const inlet = { location: 'Inlet' };

export const started = (minute: number, ...samples: ReturnType<typeof wh>[]): Message => ({
  role: 'started',
  minute,
  samples,
});
export const updated = (minute: number, ...samples: ReturnType<typeof wh>[]): Message => ({
  role: 'updated',
  minute,
  samples,
});
export const ended = (minute: number, ...samples: ReturnType<typeof wh>[]): Message => ({
  role: 'ended',
  minute,
  samples,
});
export const reading = (minute: number, ...samples: ReturnType<typeof wh>[]): Message => ({
  role: 'reading',
  minute,
  samples,
});
export const start16 = (minute: number, meterStartWh: number): Message => ({ role: 'started', minute, meterStartWh });
export const stop16 = (minute: number, meterStopWh: number): Message => ({ role: 'ended', minute, meterStopWh });

export const bookOf = (messages: readonly Message[]): RegisterBook =>
  messages
    .map(({ minute, samples = [], ...message }) => readRegisters({ ...message, samples, at: at(minute) }))
    .reduce(mergeRegisters, EMPTY_BOOK);
export const bill = (...messages: Message[]) => billOf(bookOf(messages), { ended: true });
export const soFar = (...messages: Message[]) => billOf(bookOf(messages), { ended: false });

export const energy = (energyWh: number, more: Partial<Bill> = {}) => ({ energyWh, reason: null, ...more });
export const nothing = (reason: Bill['reason'], more: Partial<Bill> = {}) => ({ energyWh: null, reason, ...more });
