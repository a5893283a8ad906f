import { demand, type Effect, type NetworkProfileSetEffect } from '@ocpp-gw/ocpp-j';
import type { NetworkConnectionProfileType } from '#generated/messages.d.ts';
import { outbound } from './outbound.ts';

/** SetNetworkProfile (OCPP 2.0.1 B09, A05). */
export const setNetworkProfile = outbound('SetNetworkProfile', 'SetNetworkProfile', {
  toCall({ configurationSlot, connectionData }, checked) {
    const { messageTimeout, ocppVersion, securityProfile } = connectionData;
    // Security profile 0, which has no authentication, exists in 1.6 only.
    const lowest = ocppVersion === 'OCPP20' ? 1 : 0;
    return checked({ configurationSlot, connectionData }, [
      ...demand(configurationSlot >= 0, '/configurationSlot', 'must be 0 or more'),
      ...demand(messageTimeout > 0, '/connectionData/messageTimeout', 'must be 1 or more seconds'),
      ...demand(
        securityProfile >= lowest && securityProfile <= 3,
        '/connectionData/securityProfile',
        `must be from ${lowest} to 3`,
      ),
    ]);
  },
  mirror: {
    answered({ configurationSlot, connectionData }, { status }) {
      if (status !== 'Accepted') return [];
      const { securityProfile } = connectionData;
      const set = { kind: 'networkProfileSet', configurationSlot, connection: withoutSecrets(connectionData) } as const;
      // The generic call may send any number, but handshakes know only these profiles.
      return securityProfile >= 0 && securityProfile <= 3
        ? [set, { kind: 'securityProfile', step: 'accepted', profile: securityProfile } satisfies Effect]
        : [set];
    },
  },
});

function withoutSecrets(connection: NetworkConnectionProfileType): NetworkProfileSetEffect['connection'] {
  const { ocppVersion, ocppTransport, ocppCsmsUrl, messageTimeout, securityProfile, ocppInterface } = connection;
  const { apn, vpn } = connection;
  return {
    ocppVersion,
    ocppTransport,
    ocppCsmsUrl,
    messageTimeout,
    securityProfile,
    ocppInterface,
    apn: apn && {
      apn: apn.apn,
      apnUserName: apn.apnUserName,
      preferredNetwork: apn.preferredNetwork,
      useOnlyPreferredNetwork: apn.useOnlyPreferredNetwork,
      apnAuthentication: apn.apnAuthentication,
    },
    vpn: vpn && { server: vpn.server, user: vpn.user, group: vpn.group, type: vpn.type },
  };
}
