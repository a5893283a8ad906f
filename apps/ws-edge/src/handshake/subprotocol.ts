import type { Protocol } from '@ocpp-gw/ocpp-j';
import { refuse, type Refusal } from './refusal.ts';

export type Subprotocol = Protocol['dialect']['subprotocol'];

const SUPPORTED: readonly Subprotocol[] = ['ocpp2.0.1', 'ocpp1.6'];

export interface SubprotocolSettings {
  /** OCPP-J's letter for a mismatch is "upgrade, then close"; the test tool OCTT wants a refusal (notes 2.6). */
  mismatch: 'reject' | 'upgrade-then-close';
  /** Chargers that send no Sec-WebSocket-Protocol are taken for 1.6 (notes 4.11). */
  assumeOcpp16: boolean;
}

export type Mismatch =
  | Refusal
  /** Complete the handshake without the header, then close at once. */
  | { closeAfterUpgrade: Refusal };

/** The names in Sec-WebSocket-Protocol, in order. */
export function offeredSubprotocols(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The first version we speak in the client's order, which is its preference. */
export function chooseSubprotocol(offered: readonly string[]): Subprotocol | null {
  return offered.find((name): name is Subprotocol => (SUPPORTED as readonly string[]).includes(name)) ?? null;
}

export function noSubprotocol(offered: readonly string[], mismatch: SubprotocolSettings['mismatch']): Mismatch {
  const refusal = offered.length
    ? refuse(
        400,
        'unsupported_subprotocol',
        `none of the offered subprotocols is spoken here; offer one of ${SUPPORTED.join(', ')}`,
      )
    : refuse(
        400,
        'no_subprotocol',
        `no Sec-WebSocket-Protocol was sent; offer one of ${SUPPORTED.join(', ')}, or let the operator set ` +
          'assume_ocpp16 of the charge point, or EVEYS_OCPP_WS_ASSUME_OCPP16=true for all',
      );
  return mismatch === 'reject' ? refusal : { closeAfterUpgrade: refusal };
}
