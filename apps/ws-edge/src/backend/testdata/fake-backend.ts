import type { AskBackend } from '../backend-client.ts';

/** A backend in memory: what it was asked, and the answer it gives, read by the caller's schema. */
export function fakeBackend(answer: () => unknown): { ask: AskBackend; asked: unknown[] } {
  const asked: unknown[] = [];
  return {
    asked,
    ask: {
      ask: async (path, cpId, data, schema) => {
        asked.push([path, cpId, data]);
        return schema.parse(await answer());
      },
    },
  };
}

export const down = (): never => {
  throw new Error('down');
};
