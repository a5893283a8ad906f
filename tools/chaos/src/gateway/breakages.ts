/** A change to a built file. */
export interface Patch {
  /** Path in the repository. */
  file: string;
  find: string;
  replacement: string;
}

export const BREAKAGES = {
  /** Chargers are answered before the COMMIT, which may then fail. */
  outbox: [
    {
      file: 'apps/ws-edge/dist/effects/effects.js',
      find: 'export class Effects {',
      replacement: `export class Effects {
    constructor(...given) {
        const effects = new DurableEffects(...given);
        this.commit = async (...what) => {
            effects.commit(...what).catch(() => undefined);
            return { outcomes: [], doubtful: [], changed: 0 };
        };
    }
}
class DurableEffects {`,
    },
  ],
  /** A repeated message is published as another event. */
  dedup: [
    {
      file: 'apps/ws-edge/dist/effects/event-id.js',
      find: 'export function repeatableEventId(',
      replacement: `export function repeatableEventId() {
    return v7();
}
export function unusedEventId(`,
    },
  ],
  /** An idempotency key means nothing: each request is a command of its own. */
  idempotency: [
    {
      file: 'apps/command-api/dist/commands/command-dispatch.js',
      find: 'const { caller, idempotencyKey: key } = options;',
      replacement: 'const { caller } = options, key = undefined;',
    },
  ],
} satisfies Record<string, readonly Patch[]>;

export type Breakage = keyof typeof BREAKAGES;

export const BREAKAGE_NAMES = Object.keys(BREAKAGES) as Breakage[];
