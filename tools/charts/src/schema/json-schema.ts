/** A JSON Schema, as far as the charts' value schemas need it. */
export interface JsonSchema {
  $schema?: string;
  title?: string;
  description?: string;
  type?: string | string[];
  enum?: unknown[];
  default?: unknown;
  examples?: unknown[];
  not?: JsonSchema;
  const?: unknown;
  pattern?: string;
  format?: string;
  minLength?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  minItems?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  propertyNames?: JsonSchema;
  patternProperties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
}

/** An object that has these fields and no others. */
export function object(description: string, properties: Record<string, JsonSchema>): JsonSchema {
  return { description, type: 'object', additionalProperties: false, properties };
}

/** An object of Kubernetes that is copied as it is: the API server checks it. */
export const kubernetesObject = (description: string): JsonSchema => ({ description, type: 'object' });

/** A list of objects of Kubernetes that is copied as it is. */
export const kubernetesList = (description: string): JsonSchema => ({
  description,
  type: 'array',
  items: { type: 'object' },
});

/** A map of texts, such as labels. */
export const texts = (description: string): JsonSchema => ({
  description,
  type: 'object',
  additionalProperties: { type: 'string' },
});

export const text = (description: string, more: JsonSchema = {}): JsonSchema => ({
  description,
  type: 'string',
  ...more,
});

export const flag = (description: string): JsonSchema => ({ description, type: 'boolean' });

export const count = (description: string, minimum: number, maximum?: number): JsonSchema => ({
  description,
  type: 'integer',
  minimum,
  ...(maximum === undefined ? {} : { maximum }),
});

export const portNumber = (description: string): JsonSchema => count(description, 1, 65_535);
