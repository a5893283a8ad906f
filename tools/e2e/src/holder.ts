import { rest, type Stack } from './stack.ts';

/** Name of the pod that a charge point is said to be on; null: on none. */
export async function holderOf(stack: Pick<Stack, 'rest'>, cpId: string): Promise<string | null> {
  const { body } = await rest(stack, 'GET', `/charge-points/${cpId}`);
  return (body['connection'] as { pod: string } | null)?.pod ?? null;
}
