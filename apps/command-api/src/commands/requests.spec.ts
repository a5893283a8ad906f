import { describe, expect, it } from '@jest/globals';
import * as requests from './requests.ts';

describe('the requests of the version-neutral commands', () => {
  it('wait 30 seconds when nothing is said, 1 to 30 when it is', () => {
    expect(requests.resetRequest.parse({ type: 'soft' }).timeout_s).toBe(30);
    for (const timeout_s of [0, 31, '5', Number.NaN])
      expect(requests.resetRequest.safeParse({ type: 'soft', timeout_s }).success).toBe(false);
    expect(requests.timeoutSecondsText.parse('2.5')).toBe(2.5);
  });

  it('refuse unknown fields', () => {
    expect(requests.remoteStopRequest.safeParse({ transaction_id: '1', transactionId: '1' }).success).toBe(false);
  });

  it('keep the remote start id of the caller and use ours without one', () => {
    const request = { id_token: 'TAG', timeout_s: 30 };
    expect(requests.toRemoteStart(request, 7)).toMatchObject({ kind: 'RemoteStart', idToken: 'TAG', remoteStartId: 7 });
    expect(requests.toRemoteStart({ ...request, remote_start_id: 9 }, 7).remoteStartId).toBe(9);
  });

  it('translate word for word', () => {
    expect(requests.toRemoteStop({ transaction_id: '12', timeout_s: 30 })).toEqual({
      kind: 'RemoteStop',
      transactionId: '12',
    });
    expect(requests.toReset({ type: 'hard', evse_id: 2, timeout_s: 30 })).toEqual({
      kind: 'Reset',
      type: 'hard',
      evseId: 2,
    });
    expect(requests.toChangeAvailability({ operative: false, evse_id: 1, connector_id: 2, timeout_s: 30 })).toEqual({
      kind: 'ChangeAvailability',
      operative: false,
      evseId: 1,
      connectorId: 2,
    });
  });

  it('want the EVSE of a connector', () => {
    const parsed = requests.changeAvailabilityRequest.safeParse({ operative: true, connector_id: 1 });
    expect(parsed.error?.issues[0]).toMatchObject({ path: ['evse_id'], message: 'is needed with connector_id' });
  });
});
