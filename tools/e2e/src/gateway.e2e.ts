import { afterAll, beforeAll, describe } from '@jest/globals';
import { startStack, type Stack } from './stack.ts';
import { badInputSuite } from './suites/bad-input.cases.ts';
import { bulkCommandsSuite } from './suites/bulk-commands.cases.ts';
import { callerGoneSuite } from './suites/caller-gone.cases.ts';
import { clientsSuite } from './suites/clients.cases.ts';
import { commandResourcesSuite } from './suites/command-resources.cases.ts';
import { commandsSuite } from './suites/commands.cases.ts';
import { consumingEventsSuite } from './suites/consuming-events.cases.ts';
import { dataTransferSuite } from './suites/data-transfer.cases.ts';
import { eventStreamsSuite } from './suites/event-streams.cases.ts';
import { EVERY_MESSAGE_16 } from './suites/every-message-16.ts';
import { EVERY_MESSAGE_201 } from './suites/every-message-201.ts';
import { everyMessageSuite } from './suites/every-message.cases.ts';
import { fieldBehavioursSuite } from './suites/field-behaviours.cases.ts';
import { findingsSuite } from './suites/findings.cases.ts';
import { fleetFindingsSuite } from './suites/fleet-findings.cases.ts';
import { loadTestSuite } from './suites/load-test.cases.ts';
import { outsideChargerSuite } from './suites/outside-charger.cases.ts';
import { registrationSuite } from './suites/registration.cases.ts';
import { remoteStartsSuite } from './suites/remote-starts.cases.ts';
import { replaySuite } from './suites/replay.cases.ts';
import { restPageSuite } from './suites/rest-page.cases.ts';
import { simulatorSuite } from './suites/simulator.cases.ts';
import { twoPodsSuite } from './suites/two-pods.cases.ts';
import { webhookIsolationSuite } from './suites/webhook-isolation.cases.ts';
import { webhookOperationsSuite } from './suites/webhook-operations.cases.ts';
import { webhooksSuite } from './suites/webhooks.cases.ts';

let stack: Stack | undefined;

beforeAll(async () => {
  stack = await startStack('e2e');
}, 180_000);

afterAll(async () => stack?.stop(), 60_000);

const running = (): Stack => {
  if (!stack) throw new Error('the stack did not start');
  return stack;
};

// One stack for all: starting four engines and five services costs more than what the suites do.
describe('outside chargers', () => outsideChargerSuite(running));
describe.each([EVERY_MESSAGE_16, EVERY_MESSAGE_201])('every message of $version', (messages) =>
  everyMessageSuite(running, messages),
);
describe('data transfer', () => dataTransferSuite(running));
describe('the field', () => fieldBehavioursSuite(running));
describe('registration', () => registrationSuite(running));
describe('the simulator', () => simulatorSuite(running));
describe('a replay', () => replaySuite(running));
describe('findings', () => findingsSuite(running));
describe('commands', () => commandsSuite(running));
describe('findings of the fleet', () => fleetFindingsSuite(running));
describe('webhooks', () => webhooksSuite(running));
describe('operations on webhooks', () => webhookOperationsSuite(running));
describe('a dead webhook', () => webhookIsolationSuite(running));
describe('commands as resources', () => commandResourcesSuite(running));
describe('remote starts', () => remoteStartsSuite(running));
describe('bulk commands', () => bulkCommandsSuite(running));
describe('clients', () => clientsSuite(running));
describe('the page for REST', () => restPageSuite(running));
describe('event streams', () => eventStreamsSuite(running));
describe('consuming events', () => consumingEventsSuite(running));
describe('between two pods', () => twoPodsSuite(running));
describe('a load test', () => loadTestSuite(running));
describe('when the caller goes away', () => callerGoneSuite(running));
describe('bad input', () => badInputSuite(running));
