import { afterAll, beforeAll, describe } from '@jest/globals';
import { coreConfiguration } from './octt-v16/core-configuration.cases.ts';
import { coreRemote } from './octt-v16/core-remote.cases.ts';
import { coreSession } from './octt-v16/core-session.cases.ts';
import { firmware } from './octt-v16/firmware.cases.ts';
import { localList } from './octt-v16/local-list.cases.ts';
import { ID_TOKENS } from './octt-v16/octt.ts';
import { remoteTrigger } from './octt-v16/remote-trigger.cases.ts';
import { replay } from './replay-v16/replay.cases.ts';
import { reservation } from './octt-v16/reservation.cases.ts';
import { security } from './octt-v16/security.cases.ts';
import { smartCharging } from './octt-v16/smart-charging.cases.ts';
import { transport } from './octt-v16/transport.cases.ts';
import { startStack, type Stack } from './stack.ts';

let stack: Stack | undefined;

beforeAll(async () => {
  stack = await startStack('conformance-v16', { idTokens: ID_TOKENS });
}, 180_000);

afterAll(async () => stack?.stop(), 60_000);

const running = (): Stack => {
  if (!stack) throw new Error('the stack did not start');
  return stack;
};

// The CSMS cases of the OCA's compliance testing tool for 1.6, by profile; titles are those of the test case document.
describe('Core: sessions', () => coreSession(running));
describe('Core: remote', () => coreRemote(running));
describe('Core: configuration', () => coreConfiguration(running));
describe('LocalAuthListManagement', () => localList(running));
describe('FirmwareManagement', () => firmware(running));
describe('Reservation', () => reservation(running));
describe('RemoteTrigger', () => remoteTrigger(running));
describe('SmartCharging', () => smartCharging(running));
describe('Security: certificates, logs, firmware', () => security(running));
describe('Security: transport', () => transport(running));

describe('a session that is replayed', () => replay(running));
