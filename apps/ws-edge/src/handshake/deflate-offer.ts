import { isToken, listElements, tokenOrQuoted } from './header-list.ts';

const NAME = 'permessage-deflate';
/** Greatest length of a parameter's value (RFC 7692, 7.1). */
const WINDOW_BITS = /^(?:[89]|1[0-5])$/;

/** Whether a parameter of an offer is one of RFC 7692 with an allowed value; null stands for no value. */
const PARAMETERS: Readonly<Record<string, (value: string | null) => boolean>> = {
  server_no_context_takeover: (value) => value === null,
  client_no_context_takeover: (value) => value === null,
  client_max_window_bits: (value) => value === null || WINDOW_BITS.test(value),
  // zlib turns a window of 8 bits into 9, which a client with only 8 bits could not read.
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

/** Returns null when the offer must be declined. */
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
