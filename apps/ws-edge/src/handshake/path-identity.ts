import type { Protocol } from '@ocpp-gw/ocpp-j';
import { refuse, type Refusal } from './refusal.ts';

type Subprotocol = Protocol['dialect']['subprotocol'];

/** 2.x identifierString, max 48 (notes 2.6); the blank is in OCPP-J 2.0.1's own example `RDAM%20123`. */
const IDENTIFIER_STRING = /^[a-zA-Z0-9*\-_=:+|@. ]{1,48}$/;
/** 1.6 names no character set; what cannot be a path segment, or would poison logs, is refused. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}/]/u;
const MAX_LENGTH_16 = 255;

export interface PathIdentity {
  identity: string;
  /** More leads to the identity than was asked for: a whole URL, say (notes 4.12). */
  isOdd: boolean;
}

/**
 * The charger's identity: the last segment of the path, percent-decoded exactly once (OCPP-J 1.6 §3.1.1).
 * Without a prefix any leading path is accepted; with one, the path is the prefix and one segment.
 */
export function identityFromPath(target: string, prefix: string): PathIdentity | Refusal {
  const path = target.split('?', 1)[0] ?? '';
  const cut = path.lastIndexOf('/');
  if (cut < 0) return malformedPath(prefix);
  if (prefix !== '' && path.slice(0, cut) !== prefix)
    return refuse(404, 'malformed_path', `nothing is served here; connect to ${prefix}/<charge point identity>`);
  const segment = path.slice(cut + 1);
  if (segment === '') return malformedPath(prefix);
  try {
    return { identity: decodeURIComponent(segment), isOdd: path.slice(0, cut) !== prefix };
  } catch {
    return refuse(
      400,
      'malformed_identity',
      'the identity in the path has a broken percent-encoding; encode it as RFC 3986 says, as UTF-8',
    );
  }
}

/** Whether a decoded identity may exist in the negotiated version. */
export function checkIdentity(identity: string, subprotocol: Subprotocol): Refusal | null {
  if (UNPRINTABLE.test(identity))
    return refuse(400, 'malformed_identity', 'the identity holds a slash or a control character');
  if (subprotocol === 'ocpp1.6')
    return identity.length <= MAX_LENGTH_16
      ? null
      : refuse(400, 'malformed_identity', `the identity is longer than ${MAX_LENGTH_16} characters`);
  return IDENTIFIER_STRING.test(identity)
    ? null
    : refuse(
        400,
        'malformed_identity',
        'an OCPP 2.x identity has 1 to 48 characters out of a-z A-Z 0-9 * - _ = : + | @ . and blank',
      );
}

function malformedPath(prefix: string): Refusal {
  return refuse(400, 'malformed_path', `the path has no identity; connect to ${prefix}/<charge point identity>`);
}
