import { afterAll, beforeAll, describe, jest } from '@jest/globals';
import { BACKEND_PATHS } from '@ocpp-gw/contracts';
import { arrival } from './cases/arrival.cases.ts';
import { badFields } from './cases/bad-fields.cases.ts';
import { commands } from './cases/commands.cases.ts';
import { corrections } from './cases/corrections.cases.ts';
import { ends } from './cases/ends.cases.ts';
import { fields } from './cases/fields.cases.ts';
import { frames } from './cases/frames.cases.ts';
import { handshakes } from './cases/handshakes.cases.ts';
import { kinds } from './cases/kinds.cases.ts';
import { profiles } from './cases/profiles.cases.ts';
import { registers } from './cases/registers.cases.ts';
import { relatives } from './cases/relatives.cases.ts';
import { repetition } from './cases/repetition.cases.ts';
import { stops16 } from './cases/stops-16.cases.ts';
import { times } from './cases/times.cases.ts';
import { COSTS, ID_TOKENS, SUSPECT_SILENCE_S, World } from './cases/world.ts';
import { startContractPki, type ContractPki } from './octt-v201/contract-pki.ts';
import { startStack, type Stack } from './stack.ts';

// What fails says so itself, and later than this only on a machine that is busy.
jest.setTimeout(120_000);

let pki: ContractPki | undefined;
let stack: Stack | undefined;
let world: World | undefined;

beforeAll(async () => {
  pki = await startContractPki();
  stack = await startStack(
    'cases',
    { idTokens: ID_TOKENS, memory: 100_000 },
    {
      ...pki.env,
      EVEYS_OCPP_BACKEND_OPTIONAL_CALLS: 'cost,session-update',
      // A cost that comes late is not shown: F31 counts those that are.
      EVEYS_OCPP_BACKEND_COST_TIMEOUT_S: '10',
      EVEYS_OCPP_TRANSACTION_SUSPECT_SILENCE_S: String(SUSPECT_SILENCE_S),
    },
  );
  stack.backend.setAnswer(BACKEND_PATHS.sessionCost, COSTS);
  world = new World(stack, pki);
}, 180_000);

afterAll(async () => {
  await world?.stop();
  await Promise.all([stack?.stop(), pki?.stop()]);
}, 60_000);

const running = (): World => {
  if (!world) throw new Error('the stack did not start');
  return world;
};

// Cases run side by side, each on charge points of its own: it.concurrent waits for this beforeAll alone.
describe('whose stop it is', () => stops16(running));
describe('what is a repetition', () => repetition(running));
describe('ends that never come', () => ends(running));
describe('what is published can be corrected', () => corrections(running));
describe('the register chosen for the bill', () => registers(running));
describe('one bad field', () => badFields(running));
describe('profiles of transactions', () => profiles(running));
describe('odd frames', () => frames(running));
describe('odd fields', () => fields(running));
describe('times and states', () => times(running));
describe('handshakes', () => handshakes(running));
describe('commands', () => commands(running));
describe('relatives of transactions', () => relatives(running));
describe('order, place and number of arrival', () => arrival(running));
describe('relatives of tolerance', () => kinds(running));
