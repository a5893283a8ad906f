import { afterAll, beforeAll, describe } from '@jest/globals';
import { coreConfiguration } from './octt-v16/core-configuration.ts';
import { coreRemote } from './octt-v16/core-remote.ts';
import { coreSession } from './octt-v16/core-session.ts';
import { firmware } from './octt-v16/firmware.ts';
import { localList } from './octt-v16/local-list.ts';
import { ID_TOKENS } from './octt-v16/octt.ts';
import { remoteTrigger } from './octt-v16/remote-trigger.ts';
import { replay } from './replay-v16/replay.ts';
import { reservation } from './octt-v16/reservation.ts';
import { security } from './octt-v16/security.ts';
import { smartCharging } from './octt-v16/smart-charging.ts';
import { transport } from './octt-v16/transport.ts';
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
