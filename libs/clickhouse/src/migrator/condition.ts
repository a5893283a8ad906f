/**
 * Comments before a statement that the migrator obeys, each a query with one number for an answer:
 * `-- skip if: SELECT …`, the statement is left out when the number is not 0;
 * `-- wait until: SELECT …`, the statement runs once the number is not 0.
 */
export interface Conditions {
  skipIf: string[];
  waitUntil: string[];
}

const CONDITION = /^-- (skip if|wait until): (SELECT .*)$/;

export function conditionsOf(statement: string): Conditions {
  const conditions: Conditions = { skipIf: [], waitUntil: [] };
  for (const line of statement.split('\n')) {
    if (!line.startsWith('--')) break;
    const [, kind, query] = CONDITION.exec(line) ?? [];
    if (query) conditions[kind === 'skip if' ? 'skipIf' : 'waitUntil'].push(query);
  }
  return conditions;
}
