import type { ReceiverPorts } from './receivers.ts';

export interface Condition {
  title: string;
  /** The endpoint that is dead; null when all are live. */
  dead: keyof ReceiverPorts | null;
  /** Whether its subscription has a backlog of events that wait behind others. */
  backlog: boolean;
}

/** Nothing but live endpoints; every other condition is compared with it, round by round. */
export const ALONE: Condition = { title: 'live ones alone', dead: null, backlog: false };

export const CONDITIONS: readonly Condition[] = [
  ALONE,
  // The ratio of the same to the same is what the machine does by itself.
  { title: 'the same again', dead: null, backlog: false },
  { title: 'one never answers', dead: 'blackHole', backlog: false },
  { title: 'one refuses connections', dead: 'refusing', backlog: false },
  { title: 'one answers 500', dead: 'failing', backlog: false },
  { title: 'one answers 500, for hours', dead: 'failing', backlog: true },
];
