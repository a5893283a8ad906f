import type { AnswerSource } from '@ocpp-gw/mock-backend';
import type { ContractPki } from '../octt-v201/contract-pki.ts';
import { rest, type Stack } from '../stack.ts';
import { Downstream } from './downstream.ts';
import { Station16, Station201 } from './station.ts';

/** What the backend of the cases says of id tokens; any other is accepted. */
export const ID_TOKENS = {
  'CASE-SISTER': { status: 'Accepted', group_id_token: { id_token: 'CASE-FAMILY', type: 'Central' } },
  'CASE-BROTHER': { status: 'Accepted', group_id_token: { id_token: 'CASE-FAMILY', type: 'Central' } },
  DEBLOCKED0001: { status: 'Blocked' },
};

/** At the charge point of F31 alone anything is paid: any other would be asked to show it. */
export const COSTS: AnswerSource = ({ cp_id: cpId, data }) => ({
  body: { total_cost: cpId.startsWith('CASE-F31') ? Number(data['meter_wh']) / 1000 : null },
});

/** Suspects of this stack end by silence after this many seconds. */
export const SUSPECT_SILENCE_S = 45;

/** One gateway for all cases; each case has charge points of its own, so that they run side by side. */
export class World {
  readonly stack: Stack;
  /** Who issues contract certificates. */
  readonly pki: ContractPki;
  readonly downstream: Downstream;
  readonly #present: (Station16 | Station201)[] = [];

  constructor(stack: Stack, pki: ContractPki) {
    this.stack = stack;
    this.pki = pki;
    this.downstream = new Downstream(stack);
  }

  /** A charger of 1.6, connected and accepted. */
  async sixteen(cpId: string): Promise<Station16> {
    return this.#arrives(new Station16(this.stack, cpId));
  }

  /** A charger of 2.0.1, connected and accepted. */
  async two(cpId: string): Promise<Station201> {
    return this.#arrives(new Station201(this.stack, cpId));
  }

  /** From now on everything that the specification refuses is refused to the charge point. */
  async strict(cpId: string): Promise<void> {
    await this.registers(cpId, { security_profile: 0, tolerance: 'strict' });
  }

  async registers(cpId: string, settings: object = { security_profile: 0 }): Promise<void> {
    await rest(this.stack, 'PUT', `/charge-points/${encodeURIComponent(cpId)}`, settings);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#present.map((station) => station.disconnect()));
    await this.downstream.stop();
  }

  async #arrives<Station extends Station16 | Station201>(station: Station): Promise<Station> {
    await station.connect();
    this.#present.push(station);
    await station.boot();
    return station;
  }
}
