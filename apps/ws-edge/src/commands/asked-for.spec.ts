import { describe, expect, it } from '@jest/globals';
import { askedFor } from './asked-for.ts';

describe('askedFor', () => {
  it.each([
    ['TriggerMessage', { requestedMessage: 'StatusNotification' }, { status: 'Accepted' }, ['StatusNotification']],
    ['TriggerMessage', { requestedMessage: 'StatusNotification' }, { status: 'NotImplemented' }, []],
    ['TriggerMessage', { requestedMessage: 'SignV2GCertificate' }, { status: 'Accepted' }, ['SignCertificate']],
    [
      'ExtendedTriggerMessage',
      { requestedMessage: 'SignChargePointCertificate' },
      { status: 'Accepted' },
      ['SignCertificate'],
    ],
    ['GetBaseReport', {}, { status: 'Accepted' }, ['NotifyReport']],
    ['GetBaseReport', {}, { status: 'EmptyResultSet' }, []],
    ['GetReport', {}, { status: 'Accepted' }, ['NotifyReport']],
    ['GetMonitoringReport', {}, { status: 'Accepted' }, ['NotifyMonitoringReport']],
    ['GetLog', {}, { status: 'AcceptedCanceled' }, ['LogStatusNotification']],
    ['GetDiagnostics', {}, { fileName: 'a.zip' }, ['DiagnosticsStatusNotification']],
    ['Reset', {}, { status: 'Accepted' }, []],
    ['constructor', {}, { status: 'Accepted' }, []],
  ])('of %s %j, answered %j, is %j (notes 2.9)', (action, request, answer, asked) => {
    expect(askedFor(action, request, answer)).toEqual(asked);
  });
});
