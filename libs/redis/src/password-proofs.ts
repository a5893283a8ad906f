import { redisKeys } from '@ocpp-gw/contracts';
import type { Redis } from 'ioredis';
import { Shortcut, type ShortcutOptions } from './shortcut.ts';

/** Without the proof a password is hashed, which takes its time under load: what delays Redis then delays that, too. */
const LONGEST_WAIT_MS = 1_000;

/** Proofs that chargers' passwords were verified, by charger: any pod may find what another one verified. */
export class PasswordProofs {
  private readonly proofs: Shortcut;

  constructor(redis: Redis, options: ShortcutOptions) {
    this.proofs = new Shortcut(redis, options, { name: 'password proof', timeoutMs: LONGEST_WAIT_MS });
  }

  /** Null when there is none, or Redis did not answer in time. Never rejects. */
  find(cpId: string): Promise<string | null> {
    return this.proofs.find(redisKeys.passwordProof(cpId));
  }

  /** Nobody waits for it. */
  keep(cpId: string, proof: string): void {
    this.proofs.keep(redisKeys.passwordProof(cpId), proof);
  }
}
