import type { ChargerPort } from './charger-port.ts';

/** Something that takes a while and tells its stages: an upload, a firmware update. A newer one ends it. */
export class StagedJob<Stage extends string> {
  stage: Stage | 'Idle' = 'Idle';
  readonly #charger: ChargerPort;
  #current: symbol | null = null;

  constructor(charger: ChargerPort) {
    this.#charger = charger;
  }

  get running(): boolean {
    return this.#current !== null;
  }

  /** Resolves to false when a newer one took over. */
  async run(stages: readonly Stage[], report: (stage: Stage) => Promise<unknown>): Promise<boolean> {
    const mine = Symbol('job');
    this.#current = mine;
    for (const stage of stages) {
      this.stage = stage;
      await report(stage);
      await this.#charger.pause(this.#charger.settings.stepMs);
      if (this.#current !== mine) return false;
    }
    this.#current = null;
    this.stage = 'Idle';
    return true;
  }
}
