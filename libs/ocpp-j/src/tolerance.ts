import type { FieldRuleId } from './field-rules.ts';
import { type SchemaError, keywordFault } from './keyword-fault.ts';
import type { Tolerance, Validation } from './protocol.ts';

/** A compiled schema, as the protocol libraries generate it. */
export interface SchemaValidator {
  (payload: unknown): boolean;
  /** The faults of the latest call; the first is enough. */
  errors?: readonly SchemaError[] | null;
}

/** Something chargers are known to get wrong, and what is made of it. */
export interface DeviationRule {
  /** In the catalogue, which says what becomes of it. */
  id: FieldRuleId;
  /** The schema keyword whose fault it speaks to. */
  keyword: string;
  /** Where it applies: endings of dotted paths without array indices, `sampledValue.value`; absent: everywhere. */
  fields?: readonly string[];
  /** Undefined: nothing to repair here. `error` is of the first such value; `value` may be another one's. */
  repair(value: unknown, error: SchemaError): Repair | undefined;
}

export type Repair =
  /** Another value; `beside` fills sibling fields that are absent. */
  | { become: unknown; beside?: Readonly<Record<string, unknown>> }
  | 'drop'
  /** Delivered as sent: handlers cope with it. The schema is shown `asIf` in its place. */
  | { tolerate: true; asIf: unknown };

/** Faulty fields in one message; what needs more is no known charger's message. */
const MAX_REPAIRS = 64;

/**
 * Strict first: a good message costs one validator call. In lenient mode a fault is repaired by the first rule that
 * speaks to it, at all sibling positions at once (500 samples, one repair), until the message passes or no rule knows what to do;
 * then the answer names what was wrong with the message as it came. Never throws, never changes `payload`.
 */
export function validateTolerantly(
  validator: SchemaValidator,
  payload: unknown,
  tolerance: Tolerance,
  rules: readonly DeviationRule[],
): Validation {
  if (validator(payload)) return { ok: true, payload: payload as Record<string, unknown>, deviations: [] };
  const refused: Validation = { ok: false, ...keywordFault(validator.errors ?? []) };
  if (tolerance === 'strict') return refused;

  const deviations = new Set<FieldRuleId>();
  const tolerated: Tolerated[] = [];
  let draft = payload;
  for (let repairs = 0; repairs < MAX_REPAIRS; repairs++) {
    const error = validator.errors?.[0];
    const repaired = error && repairOnce(draft, error, rules, tolerated);
    if (!repaired) return refused;
    draft = repaired.draft;
    deviations.add(repaired.id);
    if (validator(draft)) return { ok: true, payload: deliver(draft, tolerated), deviations: [...deviations] };
  }
  return refused;
}

interface Tolerated {
  path: readonly string[];
  value: unknown;
}

/** Puts what was tolerated back. Whatever leads to it is a copy of ours by then. */
function deliver(draft: unknown, tolerated: readonly Tolerated[]): Record<string, unknown> {
  const payload = draft as Record<string, unknown>;
  // Latest first: a later fault at a sibling has tolerated what stood in for an earlier one.
  for (const { path, value } of tolerated.toReversed()) {
    const parent = path.slice(0, -1).reduce((node, token) => node[token] as Record<string, unknown>, payload);
    parent[path.at(-1) as string] = value;
  }
  return payload;
}

function repairOnce(
  draft: unknown,
  error: SchemaError,
  rules: readonly DeviationRule[],
  tolerated: Tolerated[],
): { draft: unknown; id: FieldRuleId } | undefined {
  const tokens = position(error);
  const fields = tokens.filter((token) => !/^\d+$/.test(token)).join('.');
  for (const rule of rules) {
    if (rule.keyword !== error.keyword) continue;
    if (rule.fields && !rule.fields.some((field) => `.${fields}`.endsWith(`.${field}`))) continue;
    const next = edit(draft, tokens, (value) => rule.repair(value, error), tolerated);
    if (next !== draft) return { draft: next, id: rule.id };
  }
  return undefined;
}

/** Path of the faulty value; Ajv points at the object where a property is missing or too many. */
function position({ instancePath, params }: SchemaError): string[] {
  const tokens = instancePath
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  const property = params['additionalProperty'] ?? params['missingProperty'];
  return typeof property === 'string' ? [...tokens, property] : tokens;
}

/** Repairs what is at `tokens`, an array index standing for every index; copies what it changes and leaves the input alone. */
function edit(
  node: unknown,
  tokens: readonly string[],
  repair: (value: unknown) => Repair | undefined,
  tolerated: Tolerated[],
  path: readonly string[] = [],
): unknown {
  const [key, ...rest] = tokens;
  if (key === undefined || typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) {
    const items = node.map((item: unknown, index) =>
      rest.length > 0 ? edit(item, rest, repair, tolerated, [...path, String(index)]) : another(item, repair(item)),
    );
    return items.some((item, index) => item !== node[index]) ? items : node;
  }
  const here = [...path, key];
  const { [key]: before, ...others } = node as Record<string, unknown>;
  if (rest.length > 0) {
    const after = edit(before, rest, repair, tolerated, here);
    return after === before ? node : { ...node, [key]: after };
  }
  const change = repair(before);
  if (change === undefined) return node;
  if (change === 'drop') return Object.hasOwn(node, key) ? others : node;
  if ('become' in change) return { ...change.beside, ...node, [key]: change.become };
  tolerated.push({ path: here, value: before });
  return { ...node, [key]: change.asIf };
}

/** An item of a list may become another one, and never goes: what was tolerated is found by its index. */
function another(item: unknown, change: Repair | undefined): unknown {
  return typeof change === 'object' && 'become' in change ? change.become : item;
}
