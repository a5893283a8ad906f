import { isToken, listElements, tokenOrQuoted } from './header-list.ts';

const NAME = 'permessage-deflate';
/** RFC 7692, 7.1: no parameter has a longer value. */
const WINDOW_BITS = /^(?:[89]|1[0-5])$/;

/** Whether a parameter of an offer is one of RFC 7692, with a value it may have; null: it has none. */
const PARAMETERS: Readonly<Record<string, (value: string | null) => boolean>> = {
  server_no_context_takeover: (value) => value === null,
  client_no_context_takeover: (value) => value === null,
  client_max_window_bits: (value) => value === null || WINDOW_BITS.test(value),
  // zlib makes 9 of 8, and a client that has room for no more could not read us.
  server_max_window_bits: (value) => value !== null && value !== '8' && WINDOW_BITS.test(value),
};

/**
 * The first offer of permessage-deflate that can be accepted, as a header that `ws` reads; null: every one is declined, and
 * the connection goes on without compression (RFC 7692, 5.1).
 */
export function acceptableDeflate(header: string | undefined): string | null {
  for (const extension of listElements(header)) {
    const [name, ...parameters] = listElements(extension, ';');
    const read = name === NAME ? readParameters(parameters) : null;
    if (read) return [NAME, ...read].join('; ');
  }
  return null;
}

export function offersDeflate(header: string | undefined): boolean {
  return listElements(header).some((extension) => listElements(extension, ';')[0] === NAME);
}

/** Null: the offer is to be declined. */
function readParameters(parameters: readonly string[]): string[] | null {
  const seen = new Set<string>();
  const read: string[] = [];
  for (const parameter of parameters) {
    const cut = parameter.indexOf('=');
    const name = (cut < 0 ? parameter : parameter.slice(0, cut)).trim();
    const value = cut < 0 ? null : tokenOrQuoted(parameter.slice(cut + 1).trim());
    const isBroken = !isToken(name) || (cut >= 0 && value === null) || seen.has(name);
    if (isBroken || !Object.hasOwn(PARAMETERS, name) || !PARAMETERS[name]?.(value)) return null;
    seen.add(name);
    read.push(value === null ? name : `${name}=${value}`);
  }
  return read;
}
