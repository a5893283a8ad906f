import type { Protocol } from '@ocpp-gw/ocpp-j';
import { listElements } from './header-list.ts';
import { refuse, type Refusal } from './refusal.ts';

/** A longer name is never one of ours, however it is spelled. */
const MAX_LENGTH = 32;

/** One name of Sec-WebSocket-Protocol. */
export interface Offer {
  /** The name as it was sent. The client accepts no other spelling in the answer. */
  text: string;
  /** The version that it means; null when the gateway does not support it. */
  meant: Protocol | null;
}

export interface Choice {
  protocol: Protocol;
  /** The name that is echoed, exactly as it was offered (RFC 6455, 4.2.2). */
  echo: string;
}

export interface SubprotocolSettings {
  /**
   * What happens without a common version. OCPP-J says "upgrade, then close"; the test tool OCTT expects a refusal
   * (notes 2.6).
   */
  mismatch: 'reject' | 'upgrade-then-close';
  /** Whether every charge point that sends no Sec-WebSocket-Protocol is taken for the assumed version (notes 4.11). */
  assumeForAll: boolean;
}

export type Mismatch =
  | Refusal
  /** Complete the handshake without the header, then close at once. */
  | { closeAfterUpgrade: Refusal };

/** The names in Sec-WebSocket-Protocol, in order. Some clients put blanks or semicolons between them. */
export function offeredSubprotocols(header: string | undefined, spoken: readonly Protocol[]): Offer[] {
  return listElements(header).flatMap((text) => {
    const offer = { text, meant: meaningOf(text, spoken) };
    return offer.meant !== null || !/[ \t;]/.test(text)
      ? [offer]
      : text
          .split(/[ \t;]+/)
          .filter((part) => part !== '')
          .map((part) => ({ text: part, meant: meaningOf(part, spoken) }));
  });
}

/** The first supported version in the client's order of preference, by its proper name if that is offered too. */
export function chooseSubprotocol(offered: readonly Offer[]): Choice | null {
  const first = offered.find(({ meant }) => meant !== null);
  if (!first?.meant) return null;
  const { subprotocol } = first.meant.dialect;
  const proper = offered.find(({ text }) => text === subprotocol);
  return { protocol: first.meant, echo: (proper ?? first).text };
}

export function noSubprotocol(
  offered: readonly Offer[],
  spoken: readonly Protocol[],
  mismatch: SubprotocolSettings['mismatch'],
): Mismatch {
  const names = spoken.map(({ dialect }) => dialect.subprotocol).join(', ');
  const refusal = offered.length
    ? refuse(400, 'unsupported_subprotocol', `none of the offered subprotocols is spoken here; offer one of ${names}`)
    : refuse(
        400,
        'no_subprotocol',
        `no Sec-WebSocket-Protocol was sent; offer one of ${names}, or let the operator set ` +
          'assume_ocpp16 of the charge point, or EVEYS_OCPP_WS_ASSUME_OCPP16=true for all',
      );
  return mismatch === 'reject' ? refusal : { closeAfterUpgrade: refusal };
}

function meaningOf(text: string, spoken: readonly Protocol[]): Protocol | null {
  if (text.length > MAX_LENGTH) return null;
  return spoken.find(({ dialect }) => dialect.spelling.test(text)) ?? null;
}
