import { z } from 'zod';
import type { CommandDeclaration } from './define-command.ts';
import { renameKeys, snakeCase } from './names.ts';

const call = z.strictObject({
  kind: z.literal('Call'),
  action: z.string(),
  payload: z.record(z.string(), z.unknown()),
});

/** Says what is wrong with a command that came over the bus: null when nothing is. */
export type CommandCheck = (command: unknown) => string | null;

/** Checks each command by the schema of its declaration, and the generic call besides. */
export function commandCheck(declarations: readonly CommandDeclaration[]): CommandCheck {
  const byKind = new Map(declarations.map((declaration) => [declaration.kind, onTheBus(declaration)]));
  return (command) => {
    const { success, data } = z.looseObject({ kind: z.string() }).safeParse(command);
    if (!success) return 'has no kind';
    const { kind, ...fields } = data;
    if (kind === call.shape.kind.value) return faultOf(call.safeParse(command));
    const schema = byKind.get(kind);
    return schema ? faultOf(schema.safeParse(renameKeys(fields, toSnake))) : `${kind} is unknown`;
  };
}

/** On the bus the field that the gateway makes is always there. */
function onTheBus({ request, made }: CommandDeclaration): z.ZodObject {
  const field = made === undefined ? undefined : request.shape[made];
  return made !== undefined && field instanceof z.ZodOptional
    ? request.safeExtend({ [made]: field.unwrap() as z.ZodType })
    : request;
}

/** Names on the bus have no underscore. A name with one is turned into a name that no schema has. */
function toSnake(name: string): string {
  return name.includes('_') ? `_${name}` : snakeCase(name);
}

function faultOf({ error }: z.ZodSafeParseResult<unknown>): string | null {
  const issue = error?.issues[0];
  return issue ? `/${issue.path.join('/')}: ${issue.message}` : null;
}
