/**
 * What a request must not be, as JSON Schema for the API description. ws-edge holds callers to it. Generators of clients pass over `not`,
 * where they would make several types of `oneOf`.
 */
export function refusing(...shapes: readonly object[]): { not: object } {
  const [only, ...others] = shapes;
  return { not: others.length === 0 ? (only as object) : { anyOf: shapes } };
}

/** Objects that have all of the fields. */
export function having(...fields: readonly string[]): { required: readonly string[]; properties: object } {
  return { required: fields, properties: Object.fromEntries(fields.map((field) => [field, {}])) };
}

/** Objects that have none of the fields, or more than one. */
export function notExactlyOneOf(...fields: readonly string[]): object[] {
  const pairs = fields.flatMap((first, index) => fields.slice(index + 1).map((second) => having(first, second)));
  return [{ not: { anyOf: fields.map((field) => having(field)) } }, ...pairs];
}
