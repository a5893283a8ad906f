import type { Conversation, RecordedMessage } from '../conversation.ts';
import type { Frame } from '../overview/exchanges.ts';
import { overviewOf } from '../overview/overview.ts';
import type { Occurrence } from './detector.ts';
import { DETECTORS } from './detectors/index.ts';
import { FINDING_KINDS, SEVERITIES, type FindingKind, type Severity } from './kinds.ts';
import { DEFAULT_SETTINGS, type FindingSettings } from './settings.ts';

/** A frame that proves a finding. */
export interface FrameReference extends Pick<
  RecordedMessage,
  'eventId' | 'messageId' | 'at' | 'direction' | 'kind' | 'action'
> {
  /** Its place in the messages of the conversation, from 0. */
  index: number;
}

/** Something that is wrong with a charge point: all its occurrences in the conversation. */
export interface Finding {
  id: FindingKind;
  severity: Severity;
  title: string;
  since: Date;
  until: Date;
  count: number;
  /** The first frames that prove it, in order, at most `maxFrames`. */
  frames: readonly FrameReference[];
  /** A sentence for each of the first occurrences, at most `maxDetails`; equal ones are not repeated. */
  details: readonly string[];
  firstCheck: string;
}

/** What is wrong in a conversation, the most severe first. */
export function findingsOf(conversation: Conversation, settings: Partial<FindingSettings> = {}): Finding[] {
  const overview = overviewOf(conversation);
  const limits = { ...DEFAULT_SETTINGS, ...settings };
  const findings = DETECTORS.flatMap(({ kind, find }) => findingOf(kind, find(overview, limits), limits) ?? []);
  return findings.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

function findingOf(
  id: FindingKind,
  occurrences: Iterable<Occurrence>,
  { maxFrames, maxDetails }: FindingSettings,
): Finding | undefined {
  const frames = new Map<number, Frame>();
  const details = new Set<string>();
  let [since, until, count] = [Infinity, -Infinity, 0];
  for (const occurrence of occurrences) {
    count += occurrence.count ?? 1;
    since = Math.min(since, occurrence.at.getTime());
    until = Math.max(until, (occurrence.until ?? occurrence.at).getTime());
    if (details.size < maxDetails) details.add(occurrence.detail);
    for (const frame of occurrence.frames) if (frame && frames.size < maxFrames) frames.set(frame.index, frame);
  }
  if (count === 0) return undefined;
  const { severity, title, firstCheck } = FINDING_KINDS[id];
  return {
    id,
    severity,
    title,
    since: new Date(since),
    until: new Date(until),
    count,
    frames: [...frames.values()].toSorted((a, b) => a.index - b.index).map(referenceTo),
    details: [...details],
    firstCheck,
  };
}

function referenceTo({ index, message }: Frame): FrameReference {
  const { eventId, messageId, at, direction, kind, action } = message;
  return { index, eventId, messageId, at, direction, kind, action };
}
