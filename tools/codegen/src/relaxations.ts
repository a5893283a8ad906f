import type { JsonSchema, MessageSchema } from './schema-files.ts';

/**
 * Where a schema is narrower than its specification. The schema files stay as published (schemas/README.md); these
 * are applied to the copy in memory. Each must change something, so that a new release of the schemas tells which of
 * them it made needless.
 */
interface Relaxation {
  /** Package name of the protocol library. */
  library: string;
  /** Message name as generated. */
  message: string;
  why: string;
  relax(schema: JsonSchema): void;
}

const V16 = '@ocpp-gw/ocpp-v16';

const RELAXATIONS: readonly Relaxation[] = [
  {
    library: V16,
    message: 'MeterValuesRequest',
    why: "the specification allows an empty meterValue and sampledValue; the minItems is not the Open Charge Alliance's",
    relax: (schema) => {
      remove(schema, ['properties', 'meterValue'], 'minItems');
      remove(schema, ['properties', 'meterValue', 'items', 'properties', 'sampledValue'], 'minItems');
    },
  },
  {
    library: V16,
    message: 'StopTransactionRequest',
    why: 'the same sample must pass here and in MeterValues, whose schema has Hertz',
    relax: (schema) => {
      const unit = [
        'properties',
        'transactionData',
        'items',
        'properties',
        'sampledValue',
        'items',
        'properties',
        'unit',
      ];
      const units = at(schema, unit)['enum'] as string[];
      if (units.includes('Hertz')) throw new Error('has Hertz already');
      units.push('Hertz');
    },
  },
];

/** Applies what concerns `message`, in place. */
export function relax(library: string, message: MessageSchema): void {
  for (const relaxation of RELAXATIONS) {
    if (relaxation.library !== library || relaxation.message !== message.name) continue;
    try {
      relaxation.relax(message.schema);
    } catch (cause) {
      throw new Error(`relaxation of ${message.name} no longer fits ("${relaxation.why}"): remove or adapt it`, {
        cause,
      });
    }
  }
}

function at(schema: JsonSchema, path: readonly string[]): JsonSchema {
  return path.reduce<JsonSchema>((node, key) => {
    const next = node[key];
    if (typeof next !== 'object' || next === null) throw new Error(`nothing at ${path.join('.')}`);
    return next as JsonSchema;
  }, schema);
}

function remove(schema: JsonSchema, path: readonly string[], keyword: string): void {
  const node = at(schema, path);
  if (!(keyword in node)) throw new Error(`no ${keyword} at ${path.join('.')}`);
  delete node[keyword];
}
