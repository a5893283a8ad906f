import type { NetworkConnection } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { setNetworkProfile } from './set-network-profile.ts';

const connection: NetworkConnection = {
  ocppVersion: 'OCPP20',
  ocppTransport: 'JSON',
  ocppCsmsUrl: 'wss://csms.example/ocpp',
  messageTimeout: 30,
  securityProfile: 2,
  ocppInterface: 'Wired0',
};
const apn = {
  apn: 'internet',
  apnUserName: 'user',
  apnPassword: 'secret',
  simPin: 1234,
  preferredNetwork: '26201',
  useOnlyPreferredNetwork: true,
  apnAuthentication: 'CHAP',
} as const;
const vpn = {
  server: 'vpn.example',
  user: 'user',
  group: 'group',
  password: 'secret',
  key: 'secret',
  type: 'IKEv2',
} as const;
const set = (change: Partial<NetworkConnection>, configurationSlot = 1) =>
  setNetworkProfile.toCall({
    kind: 'SetNetworkProfile',
    configurationSlot,
    connectionData: { ...connection, ...change },
  });

describe('SetNetworkProfile', () => {
  it.each<Partial<NetworkConnection>>([{}, { apn, vpn }, { ocppVersion: 'OCPP16', securityProfile: 0 }])(
    'sends the profile with %j (TC_B_42, TC_A_19)',
    (change) => {
      expect(set(change)).toEqual({
        ok: true,
        action: 'SetNetworkProfile',
        payload: { configurationSlot: 1, connectionData: { ...connection, ...change } },
      });
    },
  );

  it.each<[Partial<NetworkConnection>, string]>([
    [{ securityProfile: 0 }, '/connectionData/securityProfile'],
    [{ securityProfile: 4 }, '/connectionData/securityProfile'],
    [{ messageTimeout: 0 }, '/connectionData/messageTimeout'],
    [{ ocppCsmsUrl: 'x'.repeat(513) }, '/connectionData/ocppCsmsUrl'],
  ])('refuses %j', (change, path) => {
    expect(set(change)).toMatchObject({ kind: 'invalidPayload', errors: [{ path }] });
  });

  it('refuses a slot below 0', () => {
    expect(set({}, -1)).toMatchObject({ kind: 'invalidPayload', errors: [{ path: '/configurationSlot' }] });
  });

  it('answered Accepted is mirrored without its secrets, and makes handshakes accept its security profile', () => {
    const request = { configurationSlot: 1, connectionData: { ...connection, apn, vpn } };
    const effects = setNetworkProfile.mirror.answered(request, { status: 'Accepted' });
    expect(effects).toEqual([
      {
        kind: 'networkProfileSet',
        configurationSlot: 1,
        connection: {
          ...connection,
          apn: {
            apn: 'internet',
            apnUserName: 'user',
            preferredNetwork: '26201',
            useOnlyPreferredNetwork: true,
            apnAuthentication: 'CHAP',
          },
          vpn: { server: 'vpn.example', user: 'user', group: 'group', type: 'IKEv2' },
        },
      },
      { kind: 'securityProfile', step: 'accepted', profile: 2 },
    ]);
    expect(JSON.stringify(effects)).not.toMatch(/secret|1234/);
  });

  it.each([-1, 4])('of security profile %i, which is none, changes no handshake', (securityProfile) => {
    const request = { configurationSlot: 1, connectionData: { ...connection, securityProfile } };
    expect(setNetworkProfile.mirror.answered(request, { status: 'Accepted' })).toMatchObject([
      { kind: 'networkProfileSet' },
    ]);
  });

  it.each(['Rejected', 'Failed'] as const)('answered %s changes nothing (TC_B_44)', (status) => {
    const request = { configurationSlot: 1, connectionData: connection };
    expect(setNetworkProfile.mirror.answered(request, { status })).toEqual([]);
  });
});
