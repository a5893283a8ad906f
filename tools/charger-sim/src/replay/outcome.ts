import type { ByRule, Pair } from './compare.ts';

/** Something that is not as it was recorded. */
export interface Difference extends Pair {
  kind: 'answer' | 'gateway-call' | 'missing-call' | 'additional-call' | 'connection' | 'row';
  /** Where it is in the recording, from 1; absent where the recording has nothing of it. */
  frame?: number;
  /** The action; of a row its transaction. */
  about: string;
}

/** A CALL of the charge point with the recorded answer and the new one. */
export interface Compared {
  frame: number;
  action: string;
  recorded: unknown;
  now: unknown;
  agrees: boolean;
}

export interface NotReplayed {
  frame: number;
  action: string;
  why: string;
}

/** What a replay has shown. */
export interface Outcome {
  cpId: string;
  version: string;
  answers: Compared[];
  differences: Difference[];
  /** Values that differ, and that a rule takes for equal. */
  byRule: (ByRule & { about: string })[];
  /** CALLs of the gateway that came: by themselves, and because a command was sent for them. */
  gatewayCalls: { came: number; sentAgain: number };
  notReplayed: NotReplayed[];
  /** Transactions whose rows were compared; null without access to REST. */
  rows: number | null;
}
