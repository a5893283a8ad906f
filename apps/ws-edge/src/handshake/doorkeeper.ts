import type { ChargePoints } from '@ocpp-gw/persistence';
import { compare } from 'bcrypt';
import type { Config } from '../config.ts';
import { AdmissionRate } from './admission-rate.ts';
import { Availability } from './availability.ts';
import { BasicAuth } from './basic-auth.ts';
import { FailureLimiter } from './failure-limiter.ts';
import { Handshake } from './handshake.ts';
import { KnownStations } from './known-station.ts';
import { PasswordVerifier } from './password-verifier.ts';
import { SecurityProfiles } from './security-profile.ts';

const MINUTE_MS = 60_000;

/** The handshake ladder as configured, and the two of its guards that others speak to. */
export class Doorkeeper {
  readonly availability = new Availability();
  readonly stations: KnownStations;
  readonly handshake: Handshake;

  constructor(config: Config, chargePoints: Pick<ChargePoints, 'find' | 'promoteOffered'>) {
    const now = (): number => performance.now();
    const allowUnknown = config.EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS;
    this.stations = new KnownStations({
      find: (cpId) => chargePoints.find(cpId),
      promote: (cpId, used) => chargePoints.promoteOffered(cpId, used),
      allowUnknown,
      cacheTtlMs: config.EVEYS_OCPP_WS_STATION_CACHE_S * 1000,
      now,
    });
    const verifier = new PasswordVerifier({
      compare,
      concurrency: config.EVEYS_OCPP_WS_AUTH_CONCURRENCY,
      queueLimit: config.EVEYS_OCPP_WS_AUTH_QUEUE,
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
        subprotocols: {
          mismatch: config.EVEYS_OCPP_WS_SUBPROTOCOL_MISMATCH,
          assumeOcpp16: config.EVEYS_OCPP_WS_ASSUME_OCPP16,
        },
        timeoutMs: config.EVEYS_OCPP_WS_HANDSHAKE_TIMEOUT_S * 1000,
      },
      this.availability,
      new AdmissionRate({
        perSecond: config.EVEYS_OCPP_WS_ADMIT_PER_S,
        burst: config.EVEYS_OCPP_WS_ADMIT_BURST,
        now,
        random: Math.random,
      }),
      this.stations,
      new SecurityProfiles(new BasicAuth(verifier, limiter, allowUnknown), allowUnknown),
    );
  }
}
