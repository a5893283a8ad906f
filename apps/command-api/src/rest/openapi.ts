import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { problem } from './problem.schema.ts';

const DESCRIPTION = `Reads, administration and commands for OCPP 1.6 and 2.0.1 charge points.

* Every request needs \`Authorization: Bearer <token>\`; a token has the scopes \`read\`, \`command\`, \`admin\`, or some of them.
* Every error is \`application/problem+json\` (RFC 9457). Program against its \`type\`; its \`detail\` says what to do.
* Every list is \`{ items, next_cursor }\`; send \`next_cursor\` back as \`cursor\` until it is null.
* Every answer has \`X-Request-Id\`: yours when you sent one, else a new one.
* A command waits for the charge point, at most 30 seconds.`;

/** The OpenAPI 3.1 document, made of the routes and of the schemas that check their requests. */
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

/** A schema, and the named schemas (`meta({ id })`) it is made of. */
function toJsonSchema(
  schema: z.ZodType,
  io: 'input' | 'output',
): { schema: object; components: Record<string, object> } {
  const text = JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any', override: plainly(io) }));
  const { $schema: _, $defs = {}, ...root } = JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/'));
  return { schema: root, components: $defs };
}

/**
 * The format of a time says it; the pattern that goes with it fills half a screen in every viewer. An answer holds its
 * fields always, so what we fill in ourselves is no default to anyone.
 */
function plainly(io: 'input' | 'output') {
  return ({ jsonSchema }: { jsonSchema: { format?: string; pattern?: string; default?: unknown } }): void => {
    if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    if (io === 'output') delete jsonSchema.default;
  };
}
