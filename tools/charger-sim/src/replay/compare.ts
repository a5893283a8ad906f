import type { Version } from '../misbehaviour/misbehaviour.ts';
import { type GivenIds, givenIdOf } from './given-ids.ts';
import { isTime } from './rewrite.ts';

/** Two values at one place of a payload. Undefined where the payload has none. */
export interface Pair {
  /** Such as `idTagInfo.status`; empty for the whole. */
  at: string;
  recorded: unknown;
  now: unknown;
}

/** Two values that need not be equal, and do not contradict each other. */
export interface ByRule extends Pair {
  rule: RuleName;
}

export interface Comparison {
  differences: Pair[];
  byRule: ByRule[];
}

export interface Context {
  version: Version;
  action: string;
  ids: GivenIds;
}

/** Why values need not be equal. */
export const RULES = {
  'time of the gateway': 'Both are times; the gateway tells its own.',
  'number of the gateway': 'Each recorded number stands for one new one, in all later messages too.',
  'setting of the gateway': 'Both are numbers; how many seconds it is depends on the settings.',
  'made anew': 'Both are texts; signatures and certificates are made anew each time.',
  'text of an error': 'Both are refused with the same code; the text that describes the error is for people.',
} as const;
export type RuleName = keyof typeof RULES;

const TIMES: ReadonlySet<string> = new Set([
  'currentTime',
  'expiryDate',
  'expiryDateTime',
  'cacheExpiryDateTime',
  'installDateTime',
  'retrieveDate',
  'retrieveDateTime',
  'startSchedule',
  'startTime',
  'stopTime',
  'validFrom',
  'validTo',
]);
const MADE_ANEW: ReadonlySet<string> = new Set(['certificateChain', 'exiResponse', 'ocspResult']);

/** Compares what was recorded with what is there now. The numbers of the gateway are learnt from it. */
export function compare(recorded: unknown, now: unknown, context: Context): Comparison {
  const result: Comparison = { differences: [], byRule: [] };
  walk({ at: '', recorded, now }, '', context, result);
  return result;
}

function walk(pair: Pair, field: string, context: Context, result: Comparison): void {
  const { at, recorded, now } = pair;
  if (isObject(recorded) && isObject(now)) {
    const names = new Set([...Object.keys(recorded), ...Object.keys(now)]);
    for (const name of names) {
      const inner = { at: at === '' ? name : `${at}.${name}`, recorded: recorded[name], now: now[name] };
      walk(inner, name, context, result);
    }
  } else if (Array.isArray(recorded) && Array.isArray(now)) {
    for (let index = 0; index < Math.max(recorded.length, now.length); index += 1)
      walk({ at: `${at}[${index}]`, recorded: recorded[index], now: now[index] }, field, context, result);
  } else {
    const rule = ruleFor(field, context);
    if (rule && agrees(rule, pair, field, context)) {
      if (recorded !== now) result.byRule.push({ ...pair, rule });
    } else if (rule === 'number of the gateway' || recorded !== now) result.differences.push(pair);
  }
}

function ruleFor(field: string, { version, action }: Context): RuleName | undefined {
  if (givenIdOf(version, action, field)) return 'number of the gateway';
  if (TIMES.has(field)) return 'time of the gateway';
  if (field === 'interval' && action === 'BootNotification') return 'setting of the gateway';
  return MADE_ANEW.has(field) ? 'made anew' : undefined;
}

function agrees(rule: RuleName, { recorded, now }: Pair, field: string, context: Context): boolean {
  switch (rule) {
    case 'number of the gateway': {
      const kind = givenIdOf(context.version, context.action, field);
      if (kind === undefined || recorded === undefined || now === undefined) return recorded === now;
      return typeof recorded === typeof now && context.ids.learn(kind, recorded, now);
    }
    case 'time of the gateway':
      return isTime(recorded) && isTime(now);
    case 'setting of the gateway':
      return typeof recorded === 'number' && typeof now === 'number';
    case 'made anew':
    case 'text of an error':
      return typeof recorded === 'string' && typeof now === 'string';
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
