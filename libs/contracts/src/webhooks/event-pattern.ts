import { EVENT_TOPICS } from '../topics.ts';

/**
 * Whether a pattern of a subscription matches an event type: `*` matches all, `noun.*` a family, a type itself only
 * that type.
 */
export function matchesEvent(pattern: string, type: string): boolean {
  if (pattern === '*') return true;
  return pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}

const FAMILIES = [...new Set(EVENT_TOPICS.map((topic) => `${topic.split('.')[0] ?? ''}.*`))];

/** The patterns that match at least one existing event type, as a regular expression. */
export const EVENT_PATTERNS = `^(${['*', ...FAMILIES, ...EVENT_TOPICS].map((text) => text.replaceAll(/[.*]/g, '\\$&')).join('|')})$`;

/** Whether the pattern matches at least one existing event type. */
export function isEventPattern(pattern: string): boolean {
  return EVENT_TOPICS.some((topic) => matchesEvent(pattern, topic));
}
