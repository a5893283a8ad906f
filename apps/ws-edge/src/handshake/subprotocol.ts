import type { Protocol } from '@ocpp-gw/ocpp-j';
import { listElements } from './header-list.ts';
import { refuse, type Refusal } from './refusal.ts';

export type Subprotocol = Protocol['dialect']['subprotocol'];

const SUPPORTED: readonly Subprotocol[] = ['ocpp2.0.1', 'ocpp1.6'];
/** Spellings with only one possible meaning, such as `OCPP-1.6J`, `ocpp 1.6`, `ocpp16`, `"v2.0.1"`. */
const SPELLINGS: readonly [RegExp, Subprotocol][] = [
  [spellingOf('1[._-]?6', '1\\.6'), 'ocpp1.6'],
  [spellingOf('2[._-]?0[._-]?1', '2\\.0\\.1'), 'ocpp2.0.1'],
];
/** A longer name is never one of ours, however it is spelled. */
const MAX_LENGTH = 32;

/** One name of Sec-WebSocket-Protocol. */
export interface Offer {
  /** The name as it was sent. The client accepts no other spelling in the answer. */
  text: string;
  /** The version that it means; null when the gateway does not support it. */
  meant: Subprotocol | null;
}

export interface Choice {
  subprotocol: Subprotocol;
  /** The name that is echoed, exactly as it was offered (RFC 6455, 4.2.2). */
  echo: string;
}

export interface SubprotocolSettings {
  /**
   * What happens without a common version. OCPP-J says "upgrade, then close"; the test tool OCTT expects a refusal
   * (notes 2.6).
   */
  mismatch: 'reject' | 'upgrade-then-close';
  /** Whether charge points that send no Sec-WebSocket-Protocol are taken for 1.6 (notes 4.11). */
  assumeOcpp16: boolean;
}

export type Mismatch =
  | Refusal
  /** Complete the handshake without the header, then close at once. */
  | { closeAfterUpgrade: Refusal };

/** The names in Sec-WebSocket-Protocol, in order. Some clients put blanks or semicolons between them. */
export function offeredSubprotocols(header: string | undefined): Offer[] {
  return listElements(header).flatMap((text) => {
    const offer = { text, meant: meaningOf(text) };
    return offer.meant !== null || !/[ \t;]/.test(text)
      ? [offer]
      : text
          .split(/[ \t;]+/)
          .filter((part) => part !== '')
          .map((part) => ({ text: part, meant: meaningOf(part) }));
  });
}

/** The first supported version in the client's order of preference, by its proper name if that is offered too. */
export function chooseSubprotocol(offered: readonly Offer[]): Choice | null {
  const first = offered.find(({ meant }) => meant !== null);
  if (!first?.meant) return null;
  const proper = offered.find(({ text }) => text === first.meant);
  return { subprotocol: first.meant, echo: (proper ?? first).text };
}

export function noSubprotocol(offered: readonly Offer[], mismatch: SubprotocolSettings['mismatch']): Mismatch {
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

function meaningOf(text: string): Subprotocol | null {
  if (text.length > MAX_LENGTH) return null;
  return SPELLINGS.find(([spelling]) => spelling.test(text))?.[1] ?? null;
}

/** `bare` holds the digits that are needed when no "ocpp" precedes them. */
function spellingOf(digits: string, bare: string): RegExp {
  const between = '[ _/.:-]*';
  return new RegExp(
    `^"?(?:ocpp${between}(?:j(?:son)?)?${between}v?${digits}|v?${bare})${between}(?:j(?:son)?)?"?$`,
    'i',
  );
}
