import { describe, expect, it } from '@jest/globals';
import { ocpp16 } from '@ocpp-gw/ocpp-v16';
import { ocpp201 } from '@ocpp-gw/ocpp-v201';
import { askedFor } from './asked-for.ts';

describe('askedFor', () => {
  it.each([
    [
      ocpp201,
      'TriggerMessage',
      { requestedMessage: 'StatusNotification' },
      { status: 'Accepted' },
      'StatusNotification',
    ],
    [ocpp201, 'TriggerMessage', { requestedMessage: 'StatusNotification' }, { status: 'NotImplemented' }, null],
    [ocpp201, 'TriggerMessage', { requestedMessage: 'SignV2GCertificate' }, { status: 'Accepted' }, 'SignCertificate'],
    [
      ocpp16,
      'ExtendedTriggerMessage',
      { requestedMessage: 'SignChargePointCertificate' },
      { status: 'Accepted' },
      'SignCertificate',
    ],
    [ocpp201, 'GetBaseReport', {}, { status: 'Accepted' }, 'NotifyReport'],
    [ocpp201, 'GetBaseReport', {}, { status: 'EmptyResultSet' }, null],
    [ocpp201, 'GetReport', {}, { status: 'Accepted' }, 'NotifyReport'],
    [ocpp201, 'GetMonitoringReport', {}, { status: 'Accepted' }, 'NotifyMonitoringReport'],
    [ocpp16, 'GetLog', {}, { status: 'AcceptedCanceled' }, 'LogStatusNotification'],
    [ocpp16, 'GetDiagnostics', {}, { fileName: 'a.zip' }, 'DiagnosticsStatusNotification'],
    [ocpp16, 'Reset', {}, { status: 'Accepted' }, null],
    [ocpp16, 'constructor', {}, { status: 'Accepted' }, null],
  ])('of $dialect.subprotocol %s %j, answered %j, is %j (notes 2.9)', (protocol, action, request, answer, asked) => {
    expect(askedFor(protocol, action, request, answer)).toBe(asked);
  });
});
