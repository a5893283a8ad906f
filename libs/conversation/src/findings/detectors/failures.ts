import { payloadOf, textAt } from '../../frame.ts';
import { callsOf } from '../../overview/overview.ts';
import type { Detector } from '../detector.ts';

/** Statuses of failure in any version, and the words that charge points invent for one. */
const FAILED = /fail|invalid|denied|revoked|badmessage|notsupported|error/i;
/** Answers to a request by which the charge point refuses it. */
const REFUSED = /^(rejected|revoked\w*|invalid\w*)$/i;

export const diagnosticsFailure = failures(
  'diagnostics-failure',
  ['DiagnosticsStatusNotification', 'LogStatusNotification'],
  ['GetLog'],
);
export const firmwareFailure = failures(
  'firmware-failure',
  ['FirmwareStatusNotification', 'SignedFirmwareStatusNotification', 'PublishFirmwareStatusNotification'],
  ['UpdateFirmware', 'SignedUpdateFirmware', 'PublishFirmware'],
);

/** Looks for reports of a failure, and for requests that the charge point refused. */
function failures(kind: Detector['kind'], reports: readonly string[], requests: readonly string[]): Detector {
  return {
    kind,
    *find(overview) {
      for (const { call } of callsOf(overview, 'in', ...reports)) {
        const status = textAt(payloadOf(call.message), 'status') ?? '';
        if (!FAILED.test(status)) continue;
        yield { at: call.message.at, frames: [call], detail: `the charge point reported ${status}` };
      }
      for (const { call, answer } of callsOf(overview, 'out', ...requests)) {
        const status = answer && textAt(payloadOf(answer.message), 'status');
        if (status === undefined || !REFUSED.test(status)) continue;
        const detail = `${call.message.action} was answered ${status}`;
        yield { at: call.message.at, frames: [call, answer], detail };
      }
    },
  };
}
