import type { Protocol } from '@ocpp-gw/ocpp-j';
import { refuse, type Refusal } from './refusal.ts';

type Subprotocol = Protocol['dialect']['subprotocol'];

const SUPPORTED: readonly Subprotocol[] = ['ocpp2.0.1', 'ocpp1.6'];

export interface SubprotocolSettings {
  /** OCPP-J's letter for a mismatch is "upgrade, then close"; the test tool OCTT wants a refusal (notes 2.6). */
  mismatch: 'reject' | 'upgrade-then-close';
  /** Chargers that send no Sec-WebSocket-Protocol are taken for 1.6 (notes 4.11). */
  assumeOcpp16: boolean;
}

export type Negotiated =
  | { subprotocol: Subprotocol }
  /** Complete the handshake without the header, then close at once. */
  | { closeAfterUpgrade: Refusal };

/** Picks the first version we speak in the client's order, which is its preference. */
export function negotiate(header: string | undefined, settings: SubprotocolSettings): Negotiated | Refusal {
  const offered = (header ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const chosen = offered.find((name): name is Subprotocol => (SUPPORTED as readonly string[]).includes(name));
  if (chosen) return { subprotocol: chosen };
  if (offered.length === 0 && settings.assumeOcpp16) return { subprotocol: 'ocpp1.6' };
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
          'EVEYS_OCPP_WS_ASSUME_OCPP16=true',
      );
  return settings.mismatch === 'reject' ? refusal : { closeAfterUpgrade: refusal };
}
