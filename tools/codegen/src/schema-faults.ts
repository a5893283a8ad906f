import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** What is wrong with a value by a schema of JSON Schema 2020-12, as an OpenAPI 3.1 document has them. */
export type SchemaFaults = (schema: object, value: unknown) => string[];

/** Checks values by the schemas in a document, whose references they may have. */
export function schemaFaultsOf(document: object): SchemaFaults {
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema(document, 'document');
  return (schema, value) => {
    const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"document#/')) as object;
    const check = ajv.compile(absolute);
    return check(value) ? [] : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}
