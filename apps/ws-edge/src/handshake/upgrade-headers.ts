import type { IncomingHttpHeaders } from 'node:http';
import { acceptableDeflate, offersDeflate } from './deflate-offer.ts';
import { listElements } from './header-list.ts';

/** The versions that `ws` speaks. */
const VERSIONS = ['13', '8'];

/**
 * Rewrites the headers of a handshake in the form that `ws` accepts. `ws` reads lists more strictly than RFC 9110 and
 * RFC 7692, and would refuse a charge point for an empty element or an extension that may be declined (notes 2.6, 2.8).
 * @returns whether compression was offered in no way that can be accepted
 * @param chosen the subprotocol agreed on, by its proper name; null: none
 */
export function narrowUpgradeHeaders(headers: IncomingHttpHeaders, chosen: string | null): boolean {
  const upgrade = listElements(headers.upgrade).find((name) => name.toLowerCase() === 'websocket');
  if (upgrade !== undefined) headers.upgrade = upgrade;
  const version = listElements(headers['sec-websocket-version']).find((number) => VERSIONS.includes(number));
  if (version !== undefined) headers['sec-websocket-version'] = version;
  // A header that a proxy repeated holds the same key twice.
  const keys = new Set(listElements(headers['sec-websocket-key']));
  if (keys.size === 1) headers['sec-websocket-key'] = [...keys][0];
  put(headers, 'sec-websocket-protocol', chosen);
  const offered = headers['sec-websocket-extensions'];
  const deflate = acceptableDeflate(offered);
  put(headers, 'sec-websocket-extensions', deflate);
  return deflate === null && offersDeflate(offered);
}

function put(
  headers: IncomingHttpHeaders,
  name: 'sec-websocket-protocol' | 'sec-websocket-extensions',
  value: string | null,
): void {
  if (value === null) delete headers[name];
  else headers[name] = value;
}
