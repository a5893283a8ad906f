/** What chargers send by themselves, each with how often in relation to the others. A transaction is its start and its end. */
export const KINDS = ['Heartbeat', 'StatusNotification', 'MeterValues', 'Transaction'] as const;
export type Kind = (typeof KINDS)[number];
export type Mix = Readonly<Record<Kind, number>>;

/** The fleet of issue and bench: a transaction for four readings. */
export const DEFAULT_MIX: Mix = { Heartbeat: 2, StatusNotification: 2, MeterValues: 4, Transaction: 1 };

/** In a rush hour, cars come and go three times as often. */
export function rushOf(mix: Mix): Mix {
  return { ...mix, Transaction: mix.Transaction * 3 };
}

/** A transaction is two messages: a message of it is twice as likely as its weight. */
function messagesOf(mix: Mix, kind: Kind): number {
  return kind === 'Transaction' ? 2 * mix[kind] : mix[kind];
}

/** The kind of a message. @param share from 0 up to, not including, 1 */
export function pick(mix: Mix, share: number): Kind {
  const total = KINDS.reduce((sum, kind) => sum + messagesOf(mix, kind), 0);
  let left = share * total;
  for (const kind of KINDS) {
    left -= messagesOf(mix, kind);
    if (left < 0) return kind;
  }
  return KINDS.findLast((kind) => mix[kind] > 0) ?? 'Heartbeat';
}

/** Reads `Heartbeat=2,MeterValues=4`; what is not named is not sent. @throws RangeError that says what is wrong */
export function readMix(text: string): Mix {
  const mix: Record<Kind, number> = { Heartbeat: 0, StatusNotification: 0, MeterValues: 0, Transaction: 0 };
  for (const part of text.split(',')) {
    const [name = '', weight = ''] = part.split('=');
    const kind = KINDS.find((one) => one === name.trim());
    if (!kind || !/^\d+(\.\d+)?$/.test(weight))
      throw new RangeError(`Use weights such as Heartbeat=2, of ${KINDS.join(', ')}.`);
    mix[kind] = Number(weight);
  }
  if (KINDS.every((kind) => mix[kind] === 0)) throw new RangeError('Give at least one kind a weight.');
  return mix;
}
