import type { ReconnectLoop, RefusedHandshake } from '@ocpp-gw/contracts';
import type { ChargePoints } from '@ocpp-gw/persistence';
import { compare } from 'bcrypt';
import type { Config } from '../config.ts';
import type { Protocols } from '../protocols.ts';
import { AdmissionRate } from './admission-rate.ts';
import { Availability } from './availability.ts';
import { BasicAuth } from './basic-auth.ts';
import { ConnectionLimit } from './connection-limit.ts';
import { FailureLimiter } from './failure-limiter.ts';
import { FairTurns } from './fair-turns.ts';
import { Handshake } from './handshake.ts';
import { KnownStations } from './known-station.ts';
import { PasswordVerifier, type PasswordProofs } from './password-verifier.ts';
import { ReconnectDamper, type Reconnects } from './reconnect-damper.ts';
import { SecurityProfiles } from './security-profile.ts';

const MINUTE_MS = 60_000;
/** The wait of a charge point after one short connection too many. It doubles with each further one. */
const FIRST_RECONNECT_DELAY_MS = 1_000;

export interface HandshakeGuardsPorts {
  chargePoints: Pick<ChargePoints, 'find' | 'promoteOffered'>;
  /** How long chargers that are in wait for what they cause to be written, milliseconds. */
  waitMs: () => number;
  /** Null when each process hashes passwords itself. */
  proofs: PasswordProofs | null;
  recordLoop: (loop: ReconnectLoop) => void;
  recordRefusal: (refused: RefusedHandshake) => void;
  /** Called for each hash that was computed. */
  hashed: (matched: boolean) => void;
}

/** The configured handshake, and those of its guards that other parts use. */
export class HandshakeGuards {
  readonly availability = new Availability();
  readonly stations: KnownStations;
  readonly connections: ConnectionLimit;
  readonly damper: ReconnectDamper;
  readonly handshake: Handshake;

  /** Keeps a refusal for operators. */
  readonly refused: (refused: Omit<RefusedHandshake, 'pod' | 'at'>) => void;
  /** Reports a charge point that has to wait to operators. */
  readonly heldBack: (cpId: string, reconnects: Reconnects) => void;

  constructor(config: Config, protocols: Protocols, ports: HandshakeGuardsPorts) {
    const { chargePoints, waitMs, proofs, recordLoop, recordRefusal, hashed } = ports;
    this.refused = (refused) => recordRefusal({ ...refused, pod: config.EVEYS_OCPP_POD_NAME, at: Date.now() });
    this.heldBack = (cpId, { connections, takeovers, since, delayMs, sources }) =>
      recordLoop({
        ...{ cpId, connections, takeovers, since, delayMs, sources },
        pod: config.EVEYS_OCPP_POD_NAME,
        last: Date.now(),
      });
    const now = (): number => performance.now();
    const allowUnknown = config.EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS;
    this.stations = new KnownStations({
      find: (cpId) => chargePoints.find(cpId),
      promote: (cpId, used) => chargePoints.promoteOffered(cpId, used),
      allowUnknown,
      cacheTtlMs: config.EVEYS_OCPP_WS_STATION_CACHE_S * 1000,
      now,
    });
    this.connections = new ConnectionLimit({
      max: config.EVEYS_OCPP_WS_MAX_CONNECTIONS,
      maxPending: config.EVEYS_OCPP_WS_MAX_PENDING,
    });
    this.damper = new ReconnectDamper({
      lastingMs: config.EVEYS_OCPP_WS_RECONNECT_LASTING_S * 1000,
      free: config.EVEYS_OCPP_WS_RECONNECT_FREE,
      firstDelayMs: FIRST_RECONNECT_DELAY_MS,
      maxDelayMs: config.EVEYS_OCPP_WS_RECONNECT_MAX_DELAY_S * 1000,
      now: Date.now,
    });
    const verifier = new PasswordVerifier({
      compare: async (password, hash) => {
        const matched = await compare(password, hash);
        hashed(matched);
        return matched;
      },
      turns: new FairTurns({
        concurrency: config.EVEYS_OCPP_WS_AUTH_CONCURRENCY,
        queueLimit: config.EVEYS_OCPP_WS_AUTH_QUEUE,
      }),
      proofs,
      proofSecret: config.EVEYS_OCPP_WS_AUTH_PROOF_SECRET ?? '',
      cacheTtlMs: config.EVEYS_OCPP_WS_AUTH_CACHE_S * 1000,
      now,
    });
    const limiter = new FailureLimiter(
      {
        windowMs: MINUTE_MS,
        perIdentity: config.EVEYS_OCPP_WS_AUTH_FAILURES_PER_MINUTE,
        perSource: config.EVEYS_OCPP_WS_AUTH_FAILURES_PER_SOURCE_PER_MINUTE,
      },
      now,
    );
    this.handshake = new Handshake(
      {
        pathPrefix: config.EVEYS_OCPP_WS_PATH_PREFIX,
        protocols,
        subprotocols: {
          mismatch: config.EVEYS_OCPP_WS_SUBPROTOCOL_MISMATCH,
          assumeForAll: config.EVEYS_OCPP_WS_ASSUME_OCPP16,
        },
        timeoutMs: config.EVEYS_OCPP_WS_HANDSHAKE_TIMEOUT_S * 1000,
      },
      this.availability,
      new AdmissionRate({
        perSecond: config.EVEYS_OCPP_WS_ADMIT_PER_S,
        burst: config.EVEYS_OCPP_WS_ADMIT_BURST,
        waitMs,
        now,
      }),
      this.stations,
      this.damper,
      new SecurityProfiles(new BasicAuth(verifier, limiter, allowUnknown), allowUnknown),
    );
  }
}
