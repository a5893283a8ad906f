import type { OpenAPIObject } from '@nestjs/swagger';

export interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  responses: Record<string, Response>;
}

interface Parameter {
  required?: boolean;
  description?: string;
  example?: unknown;
  examples?: Record<string, { value?: unknown }>;
  schema?: { example?: unknown; examples?: unknown[] };
}

export interface Response {
  $ref?: string;
  description?: string;
  links?: Record<string, object>;
  content?: Record<string, { schema?: object; example?: unknown; examples?: Record<string, object> }>;
}

export function operationsOf({ paths }: Pick<OpenAPIObject, 'paths'>): Operation[] {
  return Object.values(paths).flatMap((methods) => Object.values(methods) as Operation[]);
}
