import { CallError } from './errors.ts';
import type { TransactionMessage } from './message.ts';
import type { Manners } from './misbehaviour/manners.ts';
import type { ChargingSession } from './connector.ts';
import type { Settings } from './settings.ts';
import type { Truth } from './truth.ts';

/** Writes a charger's own log of who charged what and what was acknowledged. */
export class TruthLog {
  readonly #settings: Settings;
  readonly #manners: Pick<Manners, 'names' | 'hidesIn'>;

  constructor(settings: Settings, manners: Pick<Manners, 'names' | 'hidesIn'>) {
    this.#settings = settings;
    this.#manners = manners;
  }

  /** A session has ended: what its start and its stop would have to say. */
  session(session: ChargingSession, start: TransactionMessage, stop: TransactionMessage): void {
    const { id: cpId, protocol, truth } = this.#settings;
    truth({
      kind: 'session',
      cpId,
      protocol,
      session: session.number,
      connector: session.connector.number,
      idToken: session.idToken,
      beganAt: start.reading.trueAt.toISOString(),
      endedAt: stop.reading.trueAt.toISOString(),
      registerBeginWh: start.registerWh,
      registerEndWh: stop.registerWh,
      energyWh: stop.reading.totalWh - start.reading.totalWh,
      totalBeginWh: start.reading.totalWh,
      misbehaviours: this.#manners.names,
      hides: this.#manners.hidesIn(session.number),
    });
  }

  answered(message: TransactionMessage, payload: object, answer: unknown): void {
    this.#tell(message, payload, 'acknowledged', answer);
  }

  failed(message: TransactionMessage, payload: object, error: unknown): void {
    this.#tell(
      message,
      payload,
      error instanceof CallError ? 'refused' : 'lost',
      error instanceof CallError ? error.code : String(error),
    );
  }

  #tell(
    message: TransactionMessage,
    payload: object,
    outcome: (Truth & { kind: 'message' })['outcome'],
    answer: unknown,
  ): void {
    const { role, session, connector, idToken, registerWh, reading, repeats = false, action } = message;
    const { id: cpId, truth } = this.#settings;
    truth({
      kind: 'message',
      cpId,
      session,
      connector,
      role,
      idToken,
      registerWh,
      readAt: reading.trueAt.toISOString(),
      totalWh: reading.totalWh,
      repeats,
      action,
      payload,
      outcome,
      answer,
    });
  }
}
