import { parseArgs } from 'node:util';
import { ALL_TOPICS, CONSUMERS, type Topic } from '@ocpp-gw/contracts';
import { UsageError } from './dead-letter-command.ts';

export interface ReplayOptions {
  topics: readonly Topic[];
  /** From events that Kafka got at this time on, Unix milliseconds. */
  since: number;
  /** Up to events that Kafka got before this time; up to now when absent. */
  until: number | undefined;
  /** The consumer group that is to read from there; the events are printed when absent. */
  group: string | undefined;
}

const USAGE = `Replays events from a time on.

  --topic <topic>   a topic, several times for several; all topics of events when absent
  --since <time>    for example 2026-11-30T10:00, in UTC unless it says otherwise
  --until <time>    the end; now when absent. Only without --group
  --group <name>    sets the offsets of this consumer group to the time. No consumer of it may run meanwhile
                    Without it the events are printed, one JSON object a line, as webhooks have them
`;

/** An ISO 8601 date, or one with a time. */
const TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** @throws UsageError */
export function readReplayOptions(argv: readonly string[]): ReplayOptions {
  const { topic: topics, since, until, group } = values(argv);
  const unknown = topics?.find((topic) => !isTopic(topic));
  if (unknown !== undefined) throw new UsageError(`there is no topic ${unknown} of events: ${ALL_TOPICS.join(', ')}\n`);
  if (since === undefined || (group !== undefined && until !== undefined)) throw new UsageError(USAGE);
  // Its place is a time over all topics, before which everything counts as read.
  if (group === CONSUMERS.dispatcher)
    throw new UsageError(
      `${group} is not set back: what it has sent would not be sent again. See make webhooks-replay\n`,
    );
  return {
    topics: topics?.filter(isTopic) ?? ALL_TOPICS,
    since: timeOf(since),
    until: until === undefined ? undefined : timeOf(until),
    group,
  };
}

function values(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const options = { topic: { ...text, multiple: true }, since: text, until: text, group: text } as const;
    return parseArgs({ args: [...argv], options }).values;
  } catch {
    throw new UsageError(USAGE);
  }
}

function isTopic(text: string): text is Topic {
  return (ALL_TOPICS as readonly string[]).includes(text);
}

function timeOf(text: string): number {
  const zoned = /T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) || !text.includes('T');
  const time = TIME.test(text) ? Date.parse(zoned ? text : `${text}Z`) : NaN;
  if (Number.isNaN(time))
    throw new UsageError(`"${text}" is no time such as 2026-11-30T10:00 or 2026-11-30T10:00+01:00\n`);
  return time;
}
