import { jest } from '@jest/globals';
import type { DeviceMirror, Reports } from '@ocpp-gw/persistence';

const AT = new Date('2026-01-02T03:04:05.678Z');

const VARIABLE = {
  component: 'EVSE',
  componentInstance: null,
  evseId: 1,
  connectorId: 0,
  variable: 'Power',
  variableInstance: 'L1',
};

const REPORT = {
  requestId: 8123,
  report: 'DeviceModel',
  state: 'timed_out',
  parts: 2,
  missingSeqNos: [1],
  requestedAt: AT,
  updatedAt: AT,
  completedAt: null,
} as const;

/** One record of each kind. */
export function deviceMirrorFake() {
  const read = <Name extends Exclude<keyof DeviceMirror, 'database'>>(
    answer: Awaited<ReturnType<DeviceMirror[Name]>>,
  ) => jest.fn<DeviceMirror[Name]>().mockResolvedValue(answer as never);
  return {
    variables: read<'variables'>({
      items: [
        {
          ...VARIABLE,
          attributeType: 'Actual',
          value: '11000',
          mutability: 'ReadOnly',
          persistent: false,
          constant: null,
          characteristics: { dataType: 'decimal', unit: 'W', maxLimit: 22000, supportsMonitoring: true },
          rebootRequired: false,
          seenAt: AT,
        },
      ],
      nextCursor: 'next',
    }),
    monitors: read<'monitors'>([
      { ...VARIABLE, monitorId: 7, type: 'UpperThreshold', value: 11.5, severity: 3, transaction: true, seenAt: AT },
    ]),
    displayMessages: read<'displayMessages'>([
      {
        messageId: 3,
        message: {
          priority: 'InFront',
          message: { format: 'UTF8', content: 'Closed' },
          display: { name: 'Display', evse: { id: 2 } },
        },
        seenAt: AT,
      },
    ]),
    networkProfiles: read<'networkProfiles'>([
      {
        configurationSlot: 1,
        connection: {
          ocppVersion: 'OCPP20',
          ocppTransport: 'JSON',
          ocppCsmsUrl: 'wss://csms.example.com',
          messageTimeout: 30,
          securityProfile: 2,
          ocppInterface: 'Wireless0',
          apn: { apn: 'internet', apnAuthentication: 'PAP' },
          vpn: { server: 'vpn.example.com', user: 'hub', type: 'IKEv2' },
        },
        setAt: AT,
      },
    ]),
    chargingLimits: read<'chargingLimits'>([
      {
        evseId: 0,
        source: 'SO',
        gridCritical: true,
        schedules: [{ chargingRateUnit: 'W', periods: [{ startPeriod: 0, limit: 4200 }] }],
        setAt: AT,
      },
    ]),
    firmwarePublications: read<'firmwarePublications'>([
      {
        requestId: 9,
        location: 'https://host/image',
        checksum: 'ab',
        status: 'Published',
        locations: ['http://hub/image'],
        requestedAt: AT,
        statusAt: AT,
        unpublishedAt: null,
      },
    ]),
  };
}

export function reportsFake() {
  return {
    list: jest.fn<Reports['list']>().mockResolvedValue([{ ...REPORT, missingSeqNos: [1] }]),
    get: jest.fn<Reports['get']>(async (_cpId, requestId) =>
      requestId === REPORT.requestId
        ? { ...REPORT, missingSeqNos: [1], generatedAt: AT, items: [{ component: { name: 'EVSE' } }, 'text'] }
        : null,
    ),
  };
}
