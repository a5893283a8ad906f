const MAX_LENGTH = 255;
/** Cannot be a path segment, or would be read as something else in a log. */
const UNFIT = /[\p{C}\p{Zl}\p{Zp}/]/u;

/**
 * Why a decoded text can be no charge point's identity, or null: the one rule for whoever connects and whoever is registered
 * (notes 2.6). OCPP 2.x narrows it further at the handshake.
 */
export function identityFault(identity: string): string | null {
  if (identity.trim() === '') return 'must not be blank';
  if (identity.length > MAX_LENGTH) return `must have no more than ${MAX_LENGTH} characters`;
  if (UNFIT.test(identity)) return 'must hold no slash and no control character';
  // Every HTTP client and proxy resolves these two away, so nobody could ask for such a charge point.
  if (identity === '.' || identity === '..') return 'must not be one or two dots';
  return null;
}

/** By what an identity is looked up: identities compare case-insensitively (notes 2.6). */
export function identityKey(identity: string): string {
  return identity.toLowerCase();
}
