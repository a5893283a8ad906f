import { decideNamed } from './decide-named.ts';
import { decideReading, decideStart } from './decide-numbered.ts';
import { decideStop } from './decide-stop.ts';
import type { Outcome, TransactionMessage } from './message.ts';
import type { TransactionState } from './state.ts';

/**
 * Which transaction a message means, by all the evidence: id, id token and group, connector or EVSE, register, time, and
 * what came between. The only place that decides it, for starts, stops, readings and repetitions of both versions. What
 * the evidence does not settle is unassigned, never guessed.
 */
export function decideTransaction(message: TransactionMessage, transactions: readonly TransactionState[]): Outcome {
  if (message.stationNamed) return decideNamed(message, transactions);
  switch (message.kind) {
    case 'started':
      return decideStart(message, transactions);
    case 'ended':
      return decideStop(message, transactions);
    case 'updated':
    case 'reading':
      return decideReading(message, transactions);
  }
}
