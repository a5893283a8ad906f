import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { problem } from '../problem.schema.ts';
import { addExamples } from './examples.ts';
import { GROUPS } from './groups.ts';
import { HEALTH_PATHS, HEALTH_SCHEMAS } from './health.ts';
import { addLinks } from './links.ts';
import { toJsonSchema } from './json-schema.ts';
import { operationsOf, type Operation } from './operations.ts';
import { shareResponses } from './shared-responses.ts';

const DESCRIPTION = `This API reads, administers and commands charge points that speak OCPP 1.6 or 2.0.1.

* Every request needs the header \`Authorization: Bearer <token>\`. A token has one or more of the scopes \`read\`, \`command\` and \`admin\`.
* Every error is \`application/problem+json\` (RFC 9457). Program against its \`type\`; its \`detail\` says what to do. [All types](/api/v1/errors).
* Every list is \`{ items, next_cursor }\`. Send \`next_cursor\` back as \`cursor\` until it is null.
* Every answer has the header \`X-Request-Id\`. It holds your own id if you sent one (1 to 128 letters, digits, dots, colons, dashes and underscores), or else a new one.
* A command waits for the answer of the charge point for at most 30 seconds.
* The number of an EVSE or connector is 0 where something concerns the whole charge point or the whole EVSE.
* Text may hold any Unicode character but NUL.
* Values that OCPP defines are written as OCPP writes them (\`Accepted\`). Values of the gateway are lower case with underscores (\`timed_out\`).
* Where a charge point may send other values than those of OCPP, the description lists the known ones and allows any text.
* Later releases may add fields to answers and types to problems. Ignore fields that you do not know, and handle an unknown type by its status.`;

/** Makes the OpenAPI 3.1 document from the routes and from the schemas that check their requests. */
export function apiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('OCPP gateway')
    .setVersion('1')
    .setDescription(DESCRIPTION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'The gateway that serves this description')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'opaque',
      description: 'A token of EVEYS_OCPP_REST_INBOUND_TOKENS. Each route names the scope that it needs.',
    })
    .build();
  const made = SwaggerModule.createDocument(app, config, {
    // A method of a controller has the name that it has in generated clients.
    autoTagControllers: false,
    operationIdFactory: (_controller, method) => method,
    standardSchemaConverter: (schema, { schemaType }) =>
      schema instanceof z.ZodType ? toJsonSchema(schema, schemaType) : undefined,
  });
  const document = {
    ...made,
    info: { ...made.info, contact: { name: 'The operator of this gateway' } },
    paths: { ...made.paths, ...HEALTH_PATHS } as OpenAPIObject['paths'],
    components: {
      ...made.components,
      schemas: { ...made.components?.schemas, ...toJsonSchema(problem, 'output').components, ...HEALTH_SCHEMAS },
    } as OpenAPIObject['components'] & object,
  };
  const operations = operationsOf(document);
  for (const operation of operations) {
    sayScope(operation);
    sayExamples(operation);
  }
  addExamples(document, operations);
  addLinks(operations);
  const shared = shareResponses(operations);
  const used = new Set(operations.flatMap(({ tags = [] }) => tags));
  const tags = Object.entries(GROUPS).flatMap(([name, description]) => (used.has(name) ? [{ name, description }] : []));
  return { ...document, tags, components: { ...document.components, ...(shared as object) } };
}

/** The scope of a method replaces that of its controller, which Nest lists before it. */
function sayScope(operation: Operation): void {
  const scoped = operation.security?.findLast(({ bearer }) => bearer && bearer.length > 0);
  if (!scoped) return;
  operation.security = [scoped];
  operation.description = [operation.description, `Needs a token with the scope \`${scoped['bearer']?.[0]}\`.`]
    .filter(Boolean)
    .join(' ');
}

/** Swagger UI fills in the example of a parameter and sends it, a filter or key that nobody asked for. So words give it where it is optional. */
function sayExamples({ parameters = [] }: Operation): void {
  for (const parameter of parameters) {
    if (parameter.required) continue;
    const { example, examples, schema } = parameter;
    const shown = example ?? Object.values(examples ?? {})[0]?.value ?? schema?.example ?? schema?.examples?.[0];
    if (shown === undefined) continue;
    for (const node of [parameter, schema]) {
      delete node?.example;
      delete node?.examples;
    }
    parameter.description = `${parameter.description}, such as \`${String(shown)}\``;
  }
}
