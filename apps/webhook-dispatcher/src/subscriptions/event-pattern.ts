import { ALL_TOPICS } from '@ocpp-gw/contracts';

/** Whether a pattern of a subscription covers an event type: `*` all, `noun.*` a family, or the type itself. */
export function matches(pattern: string, type: string): boolean {
  if (pattern === '*') return true;
  return pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}

/** Whether any event there is could match. */
export function isKnown(pattern: string): boolean {
  return ALL_TOPICS.some((topic) => matches(pattern, topic));
}
