import type { CallContext, Effect, LookupName, Lookups, PipelinePorts } from '@ocpp-gw/ocpp-j';
import type { ChargePointRecord } from '@ocpp-gw/persistence';
import type { ConnectOptions } from '@ocpp-gw/testing';
import { Registry } from 'prom-client';
import { AdmissionRate } from '../../handshake/admission-rate.ts';
import { Availability } from '../../handshake/availability.ts';
import { BasicAuth } from '../../handshake/basic-auth.ts';
import { ConnectionLimit, type ConnectionLimits } from '../../handshake/connection-limit.ts';
import { FailureLimiter, type FailureLimits } from '../../handshake/failure-limiter.ts';
import type { FairTurnsOptions } from '../../handshake/fair-turns.ts';
import type { HandshakeGuards } from '../../handshake/handshake-guards.ts';
import { Handshake } from '../../handshake/handshake.ts';
import { KnownStations } from '../../handshake/known-station.ts';
import type { PasswordProofs, PasswordVerifierOptions } from '../../handshake/password-verifier.ts';
import { ReconnectDamper, type DamperOptions, type Reconnects } from '../../handshake/reconnect-damper.ts';
import { SecurityProfiles } from '../../handshake/security-profile.ts';
import type { SubprotocolSettings } from '../../handshake/subprotocol.ts';
import { createEdgeMetrics, type EdgeMetrics } from '../../metrics.ts';
import { PROTOCOLS, type Protocols } from '../../protocols.ts';
import { recordingLogger } from '../../testdata/recording-logger.ts';
import { verifierFor } from '../../testdata/verifier.ts';
import { answerCalls } from '../call-answers.ts';
import type { Deviation } from '../deviation-tally.ts';
import { OcppServer, type OcppServerOptions, type Guards } from '../ocpp-server.ts';
import type { SessionSettings } from '../session-settings.ts';
import { Sessions } from '../sessions.ts';
import { TestCharger } from './charger.ts';

export interface TestEdgeOptions {
  stations?: Record<string, ChargePointRecord>;
  protocols?: Protocols;
  subprotocols?: Partial<SubprotocolSettings>;
  server?: Partial<OcppServerOptions>;
  admission?: { perSecond: number; burst: number };
  connections?: ConnectionLimits;
  reconnects?: Partial<DamperOptions>;
  auth?: {
    compare?: PasswordVerifierOptions['compare'];
    turns?: Partial<FairTurnsOptions>;
    limits?: Partial<FailureLimits>;
    proofs?: PasswordProofs;
    timeoutMs?: number;
  };
  settings?: Partial<SessionSettings>;
  /** Runs before a commit is acknowledged. */
  commit?: (effects: readonly Effect[], context: CallContext) => Promise<void>;
  cache?: Parameters<typeof answerCalls>[1];
  registration?: 'Accepted' | 'Pending' | 'Rejected';
  /** What other lookups answer than they do by themselves. */
  answers?: { [N in LookupName]?: Lookups[N]['answer'] };
}

const SETTINGS: SessionSettings = {
  inbound: { pauseAt: 64, overflowAt: 4096, rate: { perSecond: 10_000, burst: 10_000 }, throttleLimitMs: 10_000 },
  maxQueuedCalls: 2,
  firstMessageGraceMs: 50,
  pulse: { pingIntervalMs: 60_000, silentIntervals: 3, heartbeatMs: 60_000 },
};

/** The server, the checks and the sessions on a real port, over ports in memory. */
export class TestEdge {
  readonly committed: Effect[] = [];
  readonly deviations: (Deviation & { connectionId: string })[] = [];
  /** Records chargers that are held back. */
  readonly loops: (Reconnects & { cpId: string })[] = [];
  /** Handshakes that were refused. */
  readonly refusals: Parameters<HandshakeGuards['refused']>[0][] = [];
  readonly logger = recordingLogger();
  readonly registry = new Registry();
  readonly metrics = createEdgeMetrics(this.registry);
  readonly availability = new Availability();
  readonly sessions: Sessions;
  readonly server: OcppServer;

  constructor(options: TestEdgeOptions) {
    this.sessions = new Sessions({
      tolerance: 'lenient',
      settings: { ...SETTINGS, ...options.settings },
      answer: answerCalls(() => this.pipeline(options), options.cache ?? null),
      deviations: { count: ({ connectionId }, met) => void this.deviations.push({ connectionId, ...met }) },
      recording: { recorder: () => ({ received: () => undefined, sent: () => undefined }) },
      metrics: this.metrics,
      logger: this.logger,
    });
    this.server = new OcppServer(
      {
        host: '127.0.0.1',
        port: 0,
        tls: null,
        maxFrameBytes: 16_384,
        headersTimeoutMs: 30_000,
        trustedHops: 0,
        ...options.server,
      },
      this.guards(options),
      this.metrics,
      this.logger,
    );
    this.server.onConnection((socket, { admission, source }) => this.sessions.open(socket, admission, source));
  }

  static async start(options: TestEdgeOptions = {}): Promise<TestEdge> {
    const edge = new TestEdge(options);
    await edge.server.listen();
    return edge;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.server.ports.plain}`;
  }

  connect(cpId: string, protocols?: string[], options?: Partial<ConnectOptions>): Promise<TestCharger> {
    return TestCharger.connect({ url: this.url, cpId, protocols, ...options });
  }

  async metric(
    name: Exclude<keyof EdgeMetrics, 'readCommitWaiting'>,
    labels: Record<string, string> = {},
  ): Promise<number> {
    const { values } = await this.metrics[name].get();
    const matching = values.filter((value) =>
      Object.entries(labels).every(([label, wanted]) => (value.labels as Record<string, unknown>)[label] === wanted),
    );
    return matching[0]?.value ?? 0;
  }

  async stop(): Promise<void> {
    await this.sessions.drain(0);
    await this.server.close();
  }

  private guards({
    stations,
    protocols = PROTOCOLS,
    subprotocols,
    admission = { perSecond: 10_000, burst: 10_000 },
    connections = { max: 10_000, maxPending: 10_000 },
    reconnects,
    auth,
  }: TestEdgeOptions): Guards {
    const now = (): number => performance.now();
    const damper = new ReconnectDamper({
      ...{ lastingMs: 30_000, free: 1_000, firstDelayMs: 1_000, maxDelayMs: 60_000 },
      ...reconnects,
      now: Date.now,
    });
    const known = new KnownStations({
      find: (cpId) => Promise.resolve(stations?.[cpId.toLowerCase()] ?? null),
      promote: () => Promise.resolve(),
      allowUnknown: stations === undefined,
      cacheTtlMs: 0,
      now,
    });
    const verifier = verifierFor({
      ...{ queueLimit: 1, cacheTtlMs: 0, now },
      ...auth?.turns,
      ...(auth?.compare ? { compare: auth.compare } : {}),
      proofs: auth?.proofs ?? null,
    });
    const limits = { windowMs: 60_000, perIdentity: 5, perSource: 50, ...auth?.limits };
    const handshake = new Handshake(
      {
        pathPrefix: '',
        protocols,
        subprotocols: { mismatch: 'reject', assumeForAll: false, ...subprotocols },
        timeoutMs: auth?.timeoutMs ?? 30_000,
      },
      this.availability,
      new AdmissionRate({ ...admission, waitMs: () => 0, now }),
      known,
      damper,
      new SecurityProfiles(new BasicAuth(verifier, new FailureLimiter(limits, now), false), false),
    );
    return {
      handshake,
      damper,
      connections: new ConnectionLimit(connections),
      heldBack: (cpId, loop) => void this.loops.push({ cpId, ...loop }),
      refused: (refusal) => void this.refusals.push(refusal),
    };
  }

  private pipeline({ commit, registration = 'Accepted', answers: given }: TestEdgeOptions): PipelinePorts {
    const answers: { [N in LookupName]: Lookups[N]['answer'] } = {
      registration: { status: registration, intervalSeconds: 60 },
      idToken: { status: 'Accepted' },
      transactionStart: { transactionId: 7 },
      concurrentTransaction: false,
      dataTransfer: { status: 'UnknownVendorId' },
      signingRequest: { ok: false, reason: 'not part of these tests' },
      certificateStatus: { status: 'unavailable', reason: 'not part of these tests' },
      contractCertificate: { status: 'NoCertificateAvailable' },
      evCertificate: { ok: false, reason: 'not part of these tests' },
      chargingNeeds: { status: 'Rejected' },
      transactionProfile: null,
      cost: null,
      ...given,
    };
    return {
      resolve: (name) => Promise.resolve(answers[name]),
      commit: async (effects, context) => {
        await commit?.(effects, context);
        this.committed.push(...effects);
        return { noted: [], after: [] };
      },
    };
  }
}
