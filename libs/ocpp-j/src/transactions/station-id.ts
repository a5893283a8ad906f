/*
 * The gateway's id of a transaction that its station names. A station may use an id again, and may send characters that
 * no database keeps: `~2` is appended for the second transaction under one id, and NUL, lone surrogates and `~` itself are
 * written as `~u` and four hexadecimal digits. Every other id stays as it is.
 */

const RESERVED = /[~\0]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const ESCAPED = /~u([0-9a-f]{4})/g;
const USE = /~\d+$/;

/** The id of the first transaction to which its station gave this name. */
export function gatewayTransactionId(stationId: string): string {
  return stationId.replace(RESERVED, (unit) => `~u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The id of the transaction that is the `use`-th of those with the id `first`. */
export function idOfUse(first: string, use: number): string {
  return use === 1 ? first : `${first}~${use}`;
}

/** The id of the next transaction of that name. */
export function freeId(first: string, taken: ReadonlySet<string>): string {
  let use = 1;
  while (taken.has(idOfUse(first, use))) use += 1;
  return idOfUse(first, use);
}

/** The station's name for it. */
export function stationTransactionId(gatewayId: string): string {
  return gatewayId
    .replace(USE, '')
    .replace(ESCAPED, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
