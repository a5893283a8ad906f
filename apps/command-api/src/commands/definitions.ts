import { ALL_COMMANDS, type CommandDeclaration, type TypedKind } from '@ocpp-gw/contracts';
import type { z } from 'zod';
import { timeoutSeconds } from './timeout.ts';

/** A command as REST and gRPC serve it: the request has how long to wait besides. */
export type CommandDefinition = Omit<CommandDeclaration<TypedKind>, 'request'> & {
  request: z.ZodObject<{ timeout_s: typeof timeoutSeconds }>;
};

export function defined(declaration: CommandDeclaration<TypedKind>): CommandDefinition {
  const { kind, request, example } = declaration;
  return {
    ...declaration,
    request: request
      .safeExtend({ timeout_s: timeoutSeconds })
      .meta({ ...request.meta(), id: `${kind}Request`, examples: [example] }) as CommandDefinition['request'],
  };
}

export const DEFINITIONS: readonly CommandDefinition[] = ALL_COMMANDS.map(defined);

/** The command with this last segment of its route. */
export function definitionOf(slug: string): CommandDefinition | undefined {
  return DEFINITIONS.find((definition) => definition.slug === slug);
}
