import { entryOf, type Protocol } from '@ocpp-gw/ocpp-j';

/**
 * The action that a charge point was asked to send and, by its answer, will send; null when there is none. It is accepted
 * although the charge point is not Accepted yet (notes 2.9).
 */
export function askedFor(
  { requests }: Pick<Protocol, 'requests'>,
  action: string,
  request: Record<string, unknown>,
  { status = 'Accepted' }: Record<string, unknown>,
): string | null {
  const brings = entryOf(requests, action)?.brings;
  // GetLog that ends another upload is AcceptedCanceled; some answers have no status.
  if (brings === undefined || typeof status !== 'string' || !status.startsWith('Accepted')) return null;
  return typeof brings === 'string' ? brings : brings(request);
}
