import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEALED = 'sealed1:';

/**
 * Secrets of webhooks as they are stored. Signing needs them in clear, so they cannot be hashed. With a key they are encrypted, and
 * bound to the name of their subscription; without one they are stored as text.
 */
export class WebhookSecrets {
  private readonly key: Buffer | undefined;

  /** @param key 32 bytes in base64 */
  constructor(key: string | undefined) {
    this.key = key === undefined ? undefined : Buffer.from(key, 'base64');
  }

  seal(subscription: string, secret: string): string {
    if (!this.key) return secret;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.key, nonce).setAAD(Buffer.from(subscription));
    const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return SEALED + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /** Null when it is encrypted and this process has not the key. */
  open(subscription: string, stored: string): string | null {
    if (!stored.startsWith(SEALED)) return stored;
    if (!this.key) return null;
    const bytes = Buffer.from(stored.slice(SEALED.length), 'base64');
    const tagEnd = NONCE_BYTES + TAG_BYTES;
    try {
      const decipher = createDecipheriv(CIPHER, this.key, bytes.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(subscription))
        .setAuthTag(bytes.subarray(NONCE_BYTES, tagEnd));
      return Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]).toString('utf8');
    } catch {
      return null;
    }
  }
}
