import { jest } from '@jest/globals';
import type { StationMirror } from '@ocpp-gw/persistence';

type Read = Exclude<keyof StationMirror, 'database'>;

const AT = new Date('2026-01-02T03:04:05.678Z');

/** One record of each kind, with nothing in it that may be left out. */
export function mirrorFake() {
  const read = <Name extends Read>(answer: Awaited<ReturnType<StationMirror[Name]>>) =>
    jest.fn<StationMirror[Name]>().mockResolvedValue(answer as never);
  return {
    configuration: read<'configuration'>([
      { key: 'HeartbeatInterval', value: '300', readonly: false, rebootRequired: false, seenAt: AT },
    ]),
    reservations: read<'reservations'>([
      {
        reservationId: 7,
        evseId: 1,
        connectorType: null,
        idToken: 'TAG',
        groupIdToken: null,
        expiresAt: AT,
        state: 'expired',
        transactionId: null,
        createdAt: AT,
        updatedAt: AT,
      },
    ]),
    chargingProfiles: read<'chargingProfiles'>([
      {
        chargingProfileId: 5,
        evseId: 0,
        stackLevel: 1,
        purpose: 'ChargingStationMaxProfile',
        kind: 'Absolute',
        recurrencyKind: null,
        validFrom: AT,
        validTo: null,
        transactionId: null,
        source: 'CSO',
        schedule: { chargingRateUnit: 'A', periods: [{ startPeriod: 0, limit: 16.5, numberPhases: 3 }] },
        alternatives: [
          {
            chargingRateUnit: 'W',
            duration: 60,
            periods: [{ startPeriod: 0, limit: 1, numberPhases: 1, phaseToUse: 2 }],
          },
        ],
        setAt: AT,
      },
    ]),
    localList: read<'localList'>({ version: 3, updatedAt: AT }),
    availability: read<'availability'>([
      { evseId: 1, connectorId: 1, operative: false, scheduled: true, changedAt: AT },
    ]),
    firmwareUpdates: read<'firmwareUpdates'>([
      {
        requestId: null,
        signed: false,
        location: 'ftp://host/image',
        retrieveAt: AT,
        installAt: null,
        requestedAt: AT,
        status: 'Installed',
        statusAt: AT,
      },
    ]),
    logUploads: read<'logUploads'>([
      {
        logType: 'Diagnostics',
        requestId: null,
        location: 'ftp://host/logs',
        oldest: null,
        latest: AT,
        fileName: 'd.zip',
        requestedAt: AT,
        status: null,
        statusAt: null,
      },
    ]),
    installedCertificates: read<'installedCertificates'>([
      {
        certificateType: 'CentralSystemRootCertificate',
        hashAlgorithm: 'SHA256',
        issuerNameHash: 'ab',
        issuerKeyHash: 'cd',
        serialNumber: '01',
        certificate: null,
        seenAt: AT,
      },
    ]),
    certificateSignings: read<'certificateSignings'>([
      {
        id: '9',
        certificateType: 'V2GCertificate',
        csr: 'CSR',
        state: 'refused',
        publicKey: null,
        commonName: null,
        refusal: 'key too short',
        certificateChain: null,
        requestedAt: AT,
        settledAt: AT,
      },
    ]),
  };
}
