import type { FieldRuleId, Protocol } from '@ocpp-gw/ocpp-j';
import type { Protocols } from '../protocols.ts';
import type { AdmissionRate } from './admission-rate.ts';
import type { Availability } from './availability.ts';
import type { KnownStations, Station } from './known-station.ts';
import { checkIdentity, identityFromPath, type PathIdentity } from './path-identity.ts';
import type { ReconnectDamper } from './reconnect-damper.ts';
import { abandoned, isRefusal, refuse, type Refusal } from './refusal.ts';
import type { AuthAttempt, SecurityProfiles } from './security-profile.ts';
import {
  chooseSubprotocol,
  noSubprotocol,
  offeredSubprotocols,
  type Choice,
  type Mismatch,
  type SubprotocolSettings,
} from './subprotocol.ts';
import type { Transport } from './transport.ts';

export interface UpgradeRequest extends Transport {
  /** The request target as it was received. */
  target: string;
  subprotocols: string | undefined;
  authorization: string | undefined;
  source: string;
  /** Aborted when the peer is gone, or has waited for too long. */
  over: AbortController;
}

/** A handshake that was accepted. */
export interface Admission {
  station: Station;
  protocol: Protocol;
  /** The subprotocol as the charge point spelled it; null when it offered none. */
  echo: string | null;
  /** The deviations that were accepted in the handshake (notes 4). */
  deviations: FieldRuleId[];
  /** W3C trace context, where the handshake has a span. */
  traceparent?: string | undefined;
}

export interface HandshakeOptions {
  pathPrefix: string;
  protocols: Protocols;
  subprotocols: SubprotocolSettings;
  timeoutMs: number;
}

export type HandshakeDecision = Admission | Mismatch;

/** The checks before the upgrade (docs/protocol-notes.md 2.6, 2.7). The first guard that refuses ends them. */
export class Handshake {
  constructor(
    private readonly options: HandshakeOptions,
    private readonly availability: Availability,
    private readonly admission: AdmissionRate,
    private readonly stations: KnownStations,
    private readonly damper: Pick<ReconnectDamper, 'check'>,
    private readonly profiles: SecurityProfiles,
  ) {}

  /** Never rejects. A peer that is gone or has waited for too long is not checked any further. */
  async decide(request: UpgradeRequest): Promise<HandshakeDecision> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Refusal>((resolve) => {
      timer = setTimeout(() => {
        resolve(refuse(503, 'timeout', 'the handshake took too long; try again later', { 'retry-after': '10' }));
        request.over.abort();
      }, this.options.timeoutMs);
    });
    // An unexpected error refuses the handshake (fail closed).
    const decided = this.runChecks(request, request.over.signal).catch((cause: unknown) => ({
      ...refuse(503, 'dependency_away', 'the handshake failed on our side; try again later', { 'retry-after': '10' }),
      cause,
    }));
    return Promise.race([decided, late]).finally(() => clearTimeout(timer));
  }

  private async runChecks(request: UpgradeRequest, signal: AbortSignal): Promise<HandshakeDecision> {
    const path = identityFromPath(request.target, this.options.pathPrefix);
    if (isRefusal(path)) return path;
    const { protocols, subprotocols } = this.options;
    const offered = offeredSubprotocols(request.subprotocols, protocols.spoken);
    const chosen = chooseSubprotocol(offered);
    if (chosen === null && offered.length > 0) return noSubprotocol(offered, protocols.spoken, subprotocols.mismatch);
    const malformed = checkIdentity(path.identity, (chosen?.protocol ?? protocols.assumed)?.dialect ?? null);
    if (malformed) return malformed;
    // The last guard that costs nothing. The following ones ask Postgres and hash passwords.
    const turnedAway = this.availability.check() ?? this.admission.check();
    if (turnedAway) return turnedAway;
    const decision = await this.examine(request, path, chosen, signal);
    if (!('station' in decision)) this.admission.giveBack();
    return decision;
  }

  private async examine(
    request: UpgradeRequest,
    path: PathIdentity,
    chosen: Choice | null,
    signal: AbortSignal,
  ): Promise<HandshakeDecision> {
    const { protocols, subprotocols } = this.options;
    const station = await this.stations.check(path.identity);
    if (isRefusal(station)) return station;
    if (signal.aborted) return abandoned();
    const heldBack = (station.record ? null : this.admission.checkStranger()) ?? this.damper.check(station.cpId);
    if (heldBack) return heldBack;
    const assumes = subprotocols.assumeForAll || station.record?.assumeOcpp16 === true;
    const protocol = chosen?.protocol ?? (assumes ? protocols.assumed : null);
    if (protocol === null) return noSubprotocol([], protocols.spoken, subprotocols.mismatch);
    const { dialect } = protocol;
    const entered = await this.authenticate(station, { ...request, identity: path.identity, dialect, signal });
    if (isRefusal(entered)) return entered;
    // Checked again, because the drain may have begun while the password was checked.
    return (
      this.availability.check() ?? {
        station: entered,
        protocol,
        echo: chosen?.echo ?? null,
        deviations: deviationsOf(path, chosen),
      }
    );
  }

  /** @returns the charge point as it was accepted, which may be newer than the one given */
  private async authenticate(station: Station, attempt: AuthAttempt): Promise<Station | Refusal> {
    const used = await this.profiles.check(station, attempt);
    if (!isRefusal(used)) {
      // The charge point may not learn that it was accepted, so a new password or profile still counts as unused.
      if (attempt.signal.aborted) return abandoned();
      if (Object.keys(used).length > 0) await this.stations.promote(station.cpId, used);
      return station;
    }
    if (used.status !== 401) return used;
    // Other pods change passwords and profiles too, so nobody is refused because of an old cache entry.
    const now = await this.stations.recheck(station);
    if (now === null) return used;
    return isRefusal(now) ? now : this.authenticate(now, attempt);
  }
}

function deviationsOf({ isOdd }: PathIdentity, chosen: Choice | null): FieldRuleId[] {
  const deviations: FieldRuleId[] = [];
  if (chosen === null) deviations.push('no-subprotocol');
  else if (chosen.echo !== chosen.protocol.dialect.subprotocol) deviations.push('odd-subprotocol');
  if (isOdd) deviations.push('odd-path');
  return deviations;
}
