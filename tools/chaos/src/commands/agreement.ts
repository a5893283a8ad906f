import { isSettled } from './caller.ts';
import { nameOfEnd, type Ask, type End, type KeptCommand } from './facts.ts';

/** Nobody knows what became of the CALL; an answer that comes late may still say. */
const UNKNOWN = new Set(['answer-timeout', 'charge-point-silent']);
/** What an answer that comes late becomes. */
const LATE = new Set(['call-error', 'invalid-answer']);

/** Whether all answers to one key name one command and say the same of it, as does the command as it is kept. */
export function agree(asks: readonly Ask[], kept: KeptCommand | undefined): boolean {
  const ids = asks.flatMap(({ end }) => (end.kind === 'answer' ? (end.commandId ?? []) : []));
  if (ids.some((id) => id !== kept?.commandId)) return false;
  const named = asks.filter(({ end }) => end.kind === 'answer' && end.commandId !== undefined);
  const settled = named.filter(({ end }) => isSettled(end));
  const certain = settled.filter(({ end }) => !isUnknown(end));
  if (new Set(certain.map(({ end }) => sayingOf(end))).size > 1) return false;
  const [first] = certain.toSorted((a, b) => a.to - b.to);
  // Who asks after the end is known hears it, and no more that it runs or that nobody knows.
  if (first && named.some(({ from, end }) => from > first.to && (isUnknown(end) || isRunning(end)))) return false;
  if (first && settled.some(({ end }) => isUnknown(end)) && !isAnswer(first.end)) return false;
  return first ? fits(first.end, kept) : true;
}

function sayingOf(end: End): string {
  return end.kind === 'answer' && end.says !== undefined ? `${end.status} ${end.says}` : nameOfEnd(end);
}

function isUnknown(end: End): boolean {
  return end.kind === 'answer' && UNKNOWN.has(end.problem ?? '');
}

function isRunning(end: End): boolean {
  return end.kind === 'answer' && end.problem === 'command-running';
}

/** Of the charger, and so one that may come late. */
function isAnswer(end: End): boolean {
  return end.kind === 'answer' && (end.status < 300 || LATE.has(end.problem ?? ''));
}

function fits(end: End, kept: KeptCommand | undefined): boolean {
  return end.kind !== 'answer' || (end.says === kept?.says && end.problem === kept?.problem);
}
