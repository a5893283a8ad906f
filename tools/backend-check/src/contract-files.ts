import { BACKEND_CALLS, BACKEND_ENVELOPE_VERSION, backendEnvelope, type BackendCall } from '@ocpp-gw/contracts/backend';
import { z } from 'zod';

/** Where the schemas and examples are published, from the root of the repository. */
export const CONTRACT_FOLDER = `docs/integration/backend/v${BACKEND_ENVELOPE_VERSION}`;

/** Schemas and examples of each call, by the name of their file. */
export function contractFiles(): Map<string, unknown> {
  return new Map(
    Object.entries<BackendCall>(BACKEND_CALLS).flatMap(([name, call]): [string, unknown][] => {
      const { data, answer, example } = call;
      const request = backendEnvelope.extend({ data });
      return [
        [`${name}.request.schema.json`, schemaOf(request, 'output', `POST ${call.path}: what the gateway sends`)],
        [`${name}.request.json`, { ...ENVELOPE, data: example.data }],
        ...(answer
          ? [
              [`${name}.answer.schema.json`, schemaOf(answer, 'input', `POST ${call.path}: what you answer`)] as const,
              [`${name}.answer.json`, example.answer] as const,
            ].map(([file, content]): [string, unknown] => [file, content])
          : []),
      ];
    }),
  );
}

const ENVELOPE = {
  v: BACKEND_ENVELOPE_VERSION,
  request_id: 'fa05145a-227b-48f6-a449-2e651831e51b',
  cp_id: 'CP1',
  sent_at: '2026-01-01T11:30:00.250Z',
};

/** Further fields are allowed everywhere: the contract grows by adding some, and what a backend adds is ignored. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', title: string): object {
  const made = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  const { $schema, ...rest } = made;
  return { $schema, title, ...rest };
}
