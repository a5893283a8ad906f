import { identityFault } from '@ocpp-gw/contracts';
import type { Dialect } from '@ocpp-gw/ocpp-j';
import { refuse, type Refusal } from './refusal.ts';

export interface PathIdentity {
  identity: string;
  /** Whether the path has more than it should, such as a whole URL or a final slash (notes 4.12). */
  isOdd: boolean;
}

/**
 * The charger's identity: the last segment of the path that is not empty, percent-decoded exactly once (OCPP-J 1.6 §3.1.1).
 * Without a prefix any leading path is accepted; with one, the path is the prefix and one segment.
 */
export function identityFromPath(target: string, prefix: string): PathIdentity | Refusal {
  const path = target.split('?', 1)[0] ?? '';
  const trimmed = withoutTrailingSlashes(path);
  if (withoutDoubledSlashes(trimmed) === prefix) return malformedPath(prefix);
  const cut = trimmed.lastIndexOf('/');
  if (cut < 0) return malformedPath(prefix);
  const lead = withoutTrailingSlashes(withoutDoubledSlashes(trimmed.slice(0, cut)));
  if (prefix !== '' && lead !== prefix)
    return refuse(404, 'malformed_path', `nothing is served here; connect to ${prefix}/<charge point identity>`);
  try {
    const identity = decodeURIComponent(trimmed.slice(cut + 1));
    return { identity, isOdd: trimmed !== path || trimmed.slice(0, cut) !== prefix };
  } catch {
    return refuse(
      400,
      'malformed_identity',
      'the identity in the path has a broken percent-encoding; encode it as RFC 3986 says, as UTF-8',
    );
  }
}

/** Checks whether a decoded identity is allowed, also in the negotiated version; `dialect` is null when there is none. */
export function checkIdentity(identity: string, dialect: Pick<Dialect, 'identityFault'> | null): Refusal | null {
  const fault = identityFault(identity) ?? dialect?.identityFault(identity) ?? null;
  return fault === null ? null : refuse(400, 'malformed_identity', `the identity in the path ${fault}`);
}

/** Written without a regular expression, which would need quadratic time for a path of only slashes. */
function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path.charAt(end - 1) === '/') end -= 1;
  return path.slice(0, end);
}

function withoutDoubledSlashes(path: string): string {
  return path.replaceAll(/\/{2,}/g, '/');
}

function malformedPath(prefix: string): Refusal {
  return refuse(400, 'malformed_path', `the path has no identity; connect to ${prefix}/<charge point identity>`);
}
