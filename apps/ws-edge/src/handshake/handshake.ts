import type { Protocol } from '@ocpp-gw/ocpp-j';
import type { Availability } from './availability.ts';
import type { BasicAuth } from './basic-auth.ts';
import type { KnownStations, Station } from './known-station.ts';
import { checkIdentity, identityFromPath } from './path-identity.ts';
import { isRefusal, refuse, type Refusal } from './refusal.ts';
import { negotiate, type SubprotocolSettings } from './subprotocol.ts';

export interface UpgradeRequest {
  /** Request target as received. */
  target: string;
  subprotocols: string | undefined;
  authorization: string | undefined;
  source: string;
}

/** A charger that may come in. */
export interface Admission {
  station: Station;
  subprotocol: Protocol['dialect']['subprotocol'];
}

export interface HandshakeOptions {
  pathPrefix: string;
  subprotocols: SubprotocolSettings;
  timeoutMs: number;
}

export type HandshakeDecision = Admission | Refusal | { closeAfterUpgrade: Refusal };

/** The ladder before the upgrade (docs/protocol-notes.md 2.6, 2.7). The first guard that objects ends it. */
export class Handshake {
  private readonly options: HandshakeOptions;
  private readonly availability: Availability;
  private readonly stations: KnownStations;
  private readonly auth: BasicAuth;

  constructor(options: HandshakeOptions, availability: Availability, stations: KnownStations, auth: BasicAuth) {
    this.options = options;
    this.availability = availability;
    this.stations = stations;
    this.auth = auth;
  }

  async decide(request: UpgradeRequest): Promise<HandshakeDecision> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Refusal>((resolve) => {
      timer = setTimeout(
        () => resolve(refuse(503, 'timeout', 'the handshake took too long; try again later', { 'retry-after': '10' })),
        this.options.timeoutMs,
      );
    });
    // Whatever goes wrong inside, nobody gets in: fail closed.
    const climbed = this.climb(request).catch((cause: unknown) => ({
      ...refuse(503, 'dependency_away', 'the handshake failed on our side; try again later', { 'retry-after': '10' }),
      cause,
    }));
    return Promise.race([climbed, late]).finally(() => clearTimeout(timer));
  }

  private async climb(request: UpgradeRequest): Promise<HandshakeDecision> {
    const path = identityFromPath(request.target, this.options.pathPrefix);
    if (isRefusal(path)) return path;
    const negotiated = negotiate(request.subprotocols, this.options.subprotocols);
    if (!('subprotocol' in negotiated)) return negotiated;
    const { subprotocol } = negotiated;
    const malformed = checkIdentity(path.identity, subprotocol);
    if (malformed) return malformed;
    const closed = this.availability.check();
    if (closed) return closed;
    const station = await this.stations.check(path.identity);
    if (isRefusal(station)) return station;
    const { authorization, source } = request;
    const denied = await this.auth.check(station, { identity: path.identity, authorization, subprotocol, source });
    // Asked again: the drain may have begun while the password was checked.
    return denied ?? this.availability.check() ?? { station, subprotocol };
  }
}
