import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { problem } from './problem.schema.ts';

const DESCRIPTION = `This API reads, administers and commands charge points that speak OCPP 1.6 or 2.0.1.

* Every request needs the header \`Authorization: Bearer <token>\`. A token has one or more of the scopes \`read\`, \`command\` and \`admin\`.
* Every error is \`application/problem+json\` (RFC 9457). Program against its \`type\`; its \`detail\` says what to do.
* Every list is \`{ items, next_cursor }\`. Send \`next_cursor\` back as \`cursor\` until it is null.
* Every answer has the header \`X-Request-Id\`. It holds your own id if you sent one (1 to 128 letters, digits, dots, colons, dashes and underscores), or else a new one.
* A command waits for the answer of the charge point for at most 30 seconds.
* The number of an EVSE or connector is 0 where something concerns the whole charge point or the whole EVSE.`;

/** Makes the OpenAPI 3.1 document from the routes and from the schemas that check their requests. */
export function apiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('OCPP gateway')
    .setVersion('1')
    .setDescription(DESCRIPTION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${method}${controller.replace(/sController$|Controller$/, '')}`,
    standardSchemaConverter: (schema, { schemaType }) =>
      schema instanceof z.ZodType ? toJsonSchema(schema, schemaType) : undefined,
  });
  const schemas = { ...document.components?.schemas, ...toJsonSchema(problem, 'output').components };
  return { ...document, components: { ...document.components, schemas: schemas as never } };
}

/** Converts a schema and the named schemas (`meta({ id })`) that it contains. */
function toJsonSchema(
  schema: z.ZodType,
  io: 'input' | 'output',
): { schema: object; components: Record<string, object> } {
  const text = JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any', override: plainly(io) }));
  const { $schema: _, $defs = {}, ...root } = JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/'));
  return { schema: root, components: $defs };
}

/**
 * Removes the pattern of a time, which says no more than its format and fills half a screen in every viewer. Removes defaults
 * from answers: an answer always has all its fields, so a default means nothing to its reader.
 */
function plainly(io: 'input' | 'output') {
  return ({ jsonSchema }: { jsonSchema: { format?: string; pattern?: string; default?: unknown } }): void => {
    if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    if (io === 'output') delete jsonSchema.default;
  };
}
