import type { LogEntry } from '@ocpp-gw/charger-sim';

/** What a charger did to its connection, or said of a connector, in our time; milliseconds since 1970. */
export type Change =
  { at: number; kind: 'online' | 'offline' } | { at: number; kind: 'status'; connector: number; status: string };

/** What each charger did, as it saw it: what the views of states and connections have to say. */
export class Recorder {
  readonly changes = new Map<string, Change[]>();
  /** Acknowledged notifications, and those whose answer did not come: nobody can say whether these were taken. */
  readonly counts = new Map<string, Record<'boots' | 'statuses', { acknowledged: number; unsure: number }>>();

  readonly take = ({ cpId, at, message, action, payload, error }: LogEntry): void => {
    const moment = Date.parse(at);
    const changes = this.changes.get(cpId) ?? [];
    this.changes.set(cpId, changes);
    if (message === 'connected') changes.push({ at: moment, kind: 'online' });
    if (message === 'disconnected') changes.push({ at: moment, kind: 'offline' });
    const counted = action === 'BootNotification' ? 'boots' : action === 'StatusNotification' ? 'statuses' : undefined;
    if (!counted || !/^call /.test(message)) return;
    const count = (this.counts.get(cpId) ?? { boots: nothing(), statuses: nothing() }) as ReturnType<
      (typeof this.counts)['get']
    > & {};
    this.counts.set(cpId, count);
    count[counted][error === undefined ? 'acknowledged' : 'unsure'] += 1;
    if (counted === 'boots' || error !== undefined) return;
    const { status, connectorStatus, evseId, connectorId } = payload as Record<string, unknown>;
    const connector = Number(evseId ?? connectorId);
    changes.push({ at: moment, kind: 'status', connector, status: String(connectorStatus ?? status) });
  };
}

const nothing = (): { acknowledged: number; unsure: number } => ({ acknowledged: 0, unsure: 0 });
