import { type RegisterBook, billOf, mergeRegisters, momentOf, readRegisters, EMPTY_BOOK } from '@ocpp-gw/ocpp-j';
import type { Conversation } from './conversation.ts';
import { overviewOf } from './overview/overview.ts';
import type { SeenTransaction } from './overview/transactions.ts';

/** A session, as far as the frames alone show it. */
export interface ImpliedSession {
  /** As the charge point names it: the number that 1.6 was given, or its own id. */
  transactionId: string;
  /** 0: no message named it. */
  evseId: number;
  state: 'active' | 'ended';
  /** Absent when its start is not in the conversation. */
  start?: { at: Date; assumed: boolean; idToken?: string };
  /** Absent when its end is not in the conversation. */
  end?: { at: Date; assumed: boolean; reason: string };
  meterStartWh: number | null;
  meterStopWh: number | null;
  energyWh: number | null;
}

/** The sessions of a conversation, in order of their first message. Energy is computed as it is for the bill (docs/registers.md). */
export function sessionsOf(conversation: Conversation): ImpliedSession[] {
  return overviewOf(conversation).transactions.map(sessionOf);
}

function sessionOf(transaction: SeenTransaction): ImpliedSession {
  const { id, evseId, start, end } = transaction;
  const ended = end !== undefined;
  const { meterStartWh, meterStopWh, energyWh } = billOf(registersOf(transaction), { ended });
  const idToken = start?.effect.idToken?.idToken;
  return {
    transactionId: id,
    evseId,
    state: ended ? 'ended' : 'active',
    ...(start && {
      start: {
        at: start.effect.time.at,
        assumed: start.effect.time.assumed === true,
        ...(idToken !== undefined && { idToken }),
      },
    }),
    ...(end && {
      end: { at: end.effect.time.at, assumed: end.effect.time.assumed === true, reason: end.effect.reason },
    }),
    meterStartWh,
    // A reading of a session that runs is no end of it.
    meterStopWh: ended ? meterStopWh : null,
    energyWh,
  };
}

function registersOf({ start, readings, end }: SeenTransaction): RegisterBook {
  const read: RegisterBook[] = readings.map(({ frame, samples }) =>
    readRegisters({
      role: frame.message.action === 'MeterValues' ? 'reading' : 'updated',
      samples,
      at: samples[0]?.at ?? frame.message.at,
    }),
  );
  if (start) {
    const { samples, meterStartWh, time } = start.effect;
    read.unshift(readRegisters({ role: 'started', samples, meterStartWh, ...momentOf(time) }));
  }
  if (end) {
    const { samples, meterStopWh, time } = end.effect;
    read.push(readRegisters({ role: 'ended', samples, meterStopWh, ...momentOf(time) }));
  }
  return read.reduce(mergeRegisters, EMPTY_BOOK);
}
