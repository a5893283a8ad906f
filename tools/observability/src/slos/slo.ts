/** A service level objective: which share of the events of some kind has to end well. */
export interface Slo {
  /** In lower case with hyphens, as in the label `slo`. */
  readonly id: string;
  readonly title: string;
  /** The app whose metrics say it, and whose chart has its rules. */
  readonly app: 'ws-edge' | 'command-api' | 'clickhouse-ingestor' | 'webhook-dispatcher';
  /** A sentence: what has to be so. */
  readonly promise: string;
  /** What counts, and what does not. */
  readonly counts: string;
  /** The share that has to end well, between 0 and 1. */
  readonly objective: number;
  /** Rates of good and of all events over WINDOW. */
  readonly good: string;
  readonly total: string;
  /** Labels that have an error budget each, besides the release. */
  readonly each?: readonly string[];
}

export const errorBudget = ({ objective }: Slo): number => Number((1 - objective).toFixed(6));

/** `boot-acceptance` is `BootAcceptance` in names of alerts. */
export const alertPart = ({ id }: Slo): string =>
  id
    .split('-')
    .map((part) => part[0]!.toUpperCase() + part.slice(1))
    .join('');
