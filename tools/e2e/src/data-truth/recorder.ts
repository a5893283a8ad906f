import type { LogEntry } from '@ocpp-gw/charger-sim';

/** What a charger did to its connection, or said of a connector, in our time; milliseconds since 1970. */
export type Change =
  | { at: number; kind: 'online' | 'offline' }
  | { at: number; kind: 'status'; connector: number; status: string; acknowledged: boolean; tookMs: number };

/** What each charger did, as it saw it: what the views of states and connections have to say. */
export class Recorder {
  readonly changes = new Map<string, Change[]>();
  /** Acknowledged notifications, and those whose answer did not come: nobody can say whether these were taken. */
  readonly counts = new Map<string, Record<'boots' | 'statuses', { acknowledged: number; unsure: number }>>();

  readonly take = ({ cpId, at, message, action, payload, error, tookMs }: LogEntry): void => {
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
    const isAnswered = error === undefined;
    if (counted === 'boots') {
      count.boots[isAnswered ? 'acknowledged' : 'unsure'] += 1;
      return;
    }
    const { status, connectorStatus, evseId, connectorId } = payload as Record<string, unknown>;
    const connector = Number(evseId ?? connectorId);
    const said = String(connectorStatus ?? status);
    const before = changes.findLast((change) => change.kind === 'status' && change.connector === connector);
    // What a charger says again may be taken as the same notification.
    const isNews = before?.kind !== 'status' || before.status !== said;
    count.statuses[isAnswered && isNews ? 'acknowledged' : 'unsure'] += 1;
    changes.push({
      at: moment,
      kind: 'status',
      connector,
      status: said,
      acknowledged: isAnswered,
      tookMs: Number(tookMs ?? 0),
    });
  };
}

const nothing = (): { acknowledged: number; unsure: number } => ({ acknowledged: 0, unsure: 0 });
