import { setTimeout as delay } from 'node:timers/promises';
import { again, randomMisbehaviours, send, type Misbehaviour, type Truth } from '@ocpp-gw/charger-sim';
import type { ChargerRecords } from '../reconciliation/facts.ts';
import type { Transfer } from '../commands/facts.ts';
import type { Access } from '../gateway/gateway.ts';
import { Random } from '../random.ts';
import { Charger } from './charger.ts';

const STAGGER_MS = 10;
/** Of the messages of a good charger, how many are sent again, as by one that lost its mark in a power cut. */
const REPEATED = 0.05;
/** These keep a charger from being connected at the end, or change where it connects. */
const LEFT_OUT = new Set(['reconnect-loop', 'trailing-slash']);

export interface FleetOptions {
  cpIds: readonly string[];
  access: Access;
  password?: string;
  seed: number;
  paceMs: number;
  /** Of the chargers, how many misbehave: 0 to 1. */
  misbehaving: number;
}

/** Identities with a number of four digits behind the prefix. */
export function identities(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(4, '0')}`);
}

/** Chargers of both versions, every other one of each. */
export class Fleet {
  readonly chargers: readonly Charger[];
  readonly misbehaving: readonly Charger[];
  /** Why messages were sent again: the CALLERROR, or that no answer came. */
  readonly retries = new Map<string, number>();
  readonly refusals = new Map<string, number>();
  worstAwayMs = 0;
  reconnects = 0;
  /** When connections ended, Unix milliseconds, oldest first. */
  readonly cutOffs: number[] = [];

  constructor({ cpIds, access, password, seed, paceMs, misbehaving }: FleetOptions) {
    const observe = {
      lost: () => void this.cutOffs.push(Date.now()),
      back: (awayMs: number) => {
        this.reconnects += 1;
        this.worstAwayMs = Math.max(this.worstAwayMs, awayMs);
      },
      refused: (why: string) => count(this.refusals, why),
      retried: (why: string) => count(this.retries, why),
    };
    const every = misbehaving > 0 ? Math.max(1, Math.round(1 / misbehaving)) : Infinity;
    this.chargers = cpIds.map((cpId, index) => {
      const random = new Random(seed + index + 1);
      const misbehaves = (index + 1) % every === 0;
      const protocol = (misbehaves ? ((index + 1) / every) % 2 === 0 : index % 2 === 0) ? '1.6' : '2.0.1';
      const misbehaviours = misbehaves
        ? randomMisbehaviours(protocol, random.next, ({ name }) => !LEFT_OUT.has(name))
        : [repeatingSome(random)];
      return new Charger({ cpId, protocol, misbehaviours, misbehaves, access, password, random, paceMs, observe });
    });
    this.misbehaving = this.chargers.filter((charger) => charger.misbehaves);
  }

  /** How many are connected and accepted. */
  get connected(): number {
    return this.chargers.filter(({ isOpen }) => isOpen).length;
  }

  async start(): Promise<void> {
    for (const charger of this.chargers) {
      charger.start();
      await delay(STAGGER_MS);
    }
  }

  /** Cuts the cables of a share of the chargers. */
  cut(share: number, random: Random): void {
    for (const charger of this.chargers) if (random.chance(share)) charger.cut();
  }

  /** Ends all sessions; resolves when everything was acknowledged and everybody is connected, or the startTimeout is over. */
  async finish(timeoutMs: number): Promise<void> {
    for (const charger of this.chargers) charger.finish();
    const giveUpAt = performance.now() + timeoutMs;
    while (performance.now() < giveUpAt) {
      if (this.chargers.every(({ waiting, isOpen }) => !waiting && isOpen)) return;
      await delay(200);
    }
  }

  /** What chargers were sent, by their identity. */
  get transferred(): ReadonlyMap<string, readonly Transfer[]> {
    return new Map(this.chargers.map(({ cpId, transferred }) => [cpId, transferred]));
  }

  get records(): ChargerRecords {
    return {
      acknowledged: this.chargers.flatMap(({ acknowledged }) => acknowledged),
      complaints: this.chargers.flatMap(({ complaints }) => complaints),
    };
  }

  /** What the chargers that misbehave really did. */
  get truth(): Truth[] {
    return this.misbehaving.flatMap(({ truth }) => truth);
  }

  async stop(): Promise<void> {
    await Promise.all(this.chargers.map((charger) => charger.stop()));
  }
}

function repeatingSome(random: Random): Misbehaviour {
  return {
    name: 'repeat-some',
    kind: 'order',
    does: 'Some messages of a session are sent twice, with another message id.',
    script: () => (message) => (random.chance(REPEATED) ? [send(message), again(message)] : [send(message)]),
  };
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}
