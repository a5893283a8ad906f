import { afterAll, beforeAll, describe } from '@jest/globals';
import { BACKEND_PATHS } from '@ocpp-gw/contracts';
import { authorization } from './octt-v201/authorization.cases.ts';
import { availability } from './octt-v201/availability.cases.ts';
import { certificateLookups } from './octt-v201/certificate-lookups.cases.ts';
import { certificates } from './octt-v201/certificates.cases.ts';
import { chargingProfileReads } from './octt-v201/charging-profile-reads.cases.ts';
import { contractCertificates } from './octt-v201/contract-certificates.cases.ts';
import { type ContractPki, startContractPki } from './octt-v201/contract-pki.ts';
import { cost, COSTS } from './octt-v201/cost.cases.ts';
import { dataTransfer } from './octt-v201/data-transfer.cases.ts';
import { diagnostics } from './octt-v201/diagnostics.cases.ts';
import { displayMessage } from './octt-v201/display-message.cases.ts';
import { evCharging } from './octt-v201/ev-charging.cases.ts';
import { externalLimits } from './octt-v201/external-limits.cases.ts';
import { firmwarePublication } from './octt-v201/firmware-publication.cases.ts';
import { firmware } from './octt-v201/firmware.cases.ts';
import { localList } from './octt-v201/local-list.cases.ts';
import { meterValues } from './octt-v201/meter-values.cases.ts';
import { monitoringEvents } from './octt-v201/monitoring-events.cases.ts';
import { monitoringReports } from './octt-v201/monitoring-reports.cases.ts';
import { monitoring } from './octt-v201/monitoring.cases.ts';
import { ID_TOKENS } from './octt-v201/octt.ts';
import { provisioning } from './octt-v201/provisioning.cases.ts';
import { remoteControl } from './octt-v201/remote-control.cases.ts';
import { reports } from './octt-v201/reports.cases.ts';
import { reservation } from './octt-v201/reservation.cases.ts';
import { resets } from './octt-v201/resets.cases.ts';
import { security } from './octt-v201/security.cases.ts';
import { smartCharging } from './octt-v201/smart-charging.cases.ts';
import { transactionStarts } from './octt-v201/transaction-starts.cases.ts';
import { transactionStatus } from './octt-v201/transaction-status.cases.ts';
import { transactionStops } from './octt-v201/transaction-stops.cases.ts';
import { transport } from './octt-v201/transport.cases.ts';
import { startStack, type Stack } from './stack.ts';

let stack: Stack | undefined;
let pki: ContractPki | undefined;

beforeAll(async () => {
  pki = await startContractPki();
  stack = await startStack(
    'conformance-v201',
    { idTokens: ID_TOKENS },
    { ...pki.env, EVEYS_OCPP_BACKEND_OPTIONAL_CALLS: 'ev-certificate,charging-needs,cost' },
  );
  stack.backend.setAnswer(BACKEND_PATHS.sessionCost, COSTS);
}, 180_000);

afterAll(async () => Promise.all([stack?.stop(), pki?.stop()]), 60_000);

const running = (): Stack => {
  if (!stack) throw new Error('the stack did not start');
  return stack;
};
const issuing = (): ContractPki => {
  if (!pki) throw new Error('the issuer of contracts did not start');
  return pki;
};

// The CSMS cases of the OCA's compliance testing tool for 2.0.1, by block; titles are those of the test case document.
describe('A Security: transport', () => transport(running));
describe('A Security: credentials and certificates', () => security(running));
describe('B Provisioning', () => provisioning(running));
describe('B Provisioning: resets', () => resets(running));
describe('B Provisioning: variables and reports', () => reports(running));
describe('C Authorization', () => authorization(running));
describe('C Authorization: contract certificates', () => contractCertificates(running, issuing));
describe('D Local authorization list', () => localList(running));
describe('E Transactions: starts', () => transactionStarts(running));
describe('E Transactions: stops', () => transactionStops(running));
describe('E Transactions: status', () => transactionStatus(running));
describe('F Remote control', () => remoteControl(running));
describe('G Availability', () => availability(running));
describe('H Reservation', () => reservation(running));
describe('I Tariff and cost', () => cost(running));
describe('J Meter values', () => meterValues(running));
describe('K Smart charging', () => smartCharging(running));
describe('K Smart charging: reads', () => chargingProfileReads(running));
describe('K Smart charging: external limits', () => externalLimits(running));
describe('K Smart charging: ISO 15118', () => evCharging(running));
describe('L Firmware', () => firmware(running));
describe('L Firmware: publication', () => firmwarePublication(running));
describe('M Certificates', () => certificates(running));
describe('M Certificates: lookups', () => certificateLookups(running, issuing));
describe('N Diagnostics: logs and customers', () => diagnostics(running));
describe('N Diagnostics: monitors', () => monitoring(running));
describe('N Diagnostics: monitoring reports', () => monitoringReports(running));
describe('N Diagnostics: events', () => monitoringEvents(running));
describe('O Display message', () => displayMessage(running));
describe('P Data transfer', () => dataTransfer(running));
