import { identityKey, type Event, type Topic } from '@ocpp-gw/contracts';
import { eventBody } from '@ocpp-gw/kafka';

/** An event as it was read, shared by all streams: its JSON is made once, for the first stream that needs it. */
export class ReadEvent {
  private json: string | undefined;

  constructor(
    readonly topic: Topic,
    readonly partition: number,
    readonly offset: number,
    readonly event: Event,
    /** Size as Kafka keeps it. */
    readonly size: number,
  ) {}

  get body(): string {
    return (this.json ??= eventBody(this.event));
  }
}

/** Which events a stream wants: those of these charge points, or of all when there are none; likewise the types. */
export interface EventFilter {
  cpIds: readonly string[];
  types: readonly Topic[];
  /** Which of those; all unless given. */
  wants?: (event: Event) => boolean;
}

/** Whether the event is of one of the charge points, in any letter case, and wanted. */
export function isWanted({ cpIds, wants = () => true }: Omit<EventFilter, 'types'>): (event: Event) => boolean {
  if (cpIds.length === 0) return wants;
  const wanted = new Set(cpIds.map((cpId) => identityKey(cpId)));
  return (event) => wanted.has(identityKey(event.cpId)) && wants(event);
}
