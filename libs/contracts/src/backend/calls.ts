import type { z } from 'zod';
import { BACKEND_PATHS } from '../backend-paths.ts';
import {
  authorizeAnswer,
  authorizeData,
  chargingNeedsAnswer,
  chargingNeedsData,
  costAnswer,
  costData,
  dataTransferAnswer,
  dataTransferData,
  evCertificateAnswer,
  evCertificateData,
  registerAnswer,
  registerData,
} from './questions.ts';
import { sessionCloseData, sessionData } from './sessions.ts';

export interface BackendCall {
  path: string;
  /** Of EVEYS_OCPP_BACKEND_OPTIONAL_CALLS, where the call is made only when it is named there. */
  optional?: string;
  data: z.ZodObject;
  /** Absent where any 2xx is enough and the body is ignored. */
  answer?: z.ZodObject;
  example: { data: object; answer?: object };
}

const SESSION = {
  transaction_id: '42',
  station_transaction_id: '42',
  revision: 1,
  protocol: 'ocpp1.6',
  evse_id: 2,
  connector_id: 2,
  id_token: 'TAG',
  id_token_type: null,
  id_token_status: 'Accepted',
  meter_start_wh: 100,
  started_at: '2026-01-01T11:00:00.000Z',
  remote_start_id: null,
  reservation_id: null,
};

/** Every call that the gateway makes to the backend. The schemas of docs/integration/backend are made of it. */
export const BACKEND_CALLS = {
  register: {
    path: BACKEND_PATHS.register,
    data: registerData,
    answer: registerAnswer,
    example: {
      data: {
        protocol: 'ocpp2.0.1',
        vendor: 'ACME',
        model: 'Wallbox 22',
        serial_number: 'SN-0042',
        firmware_version: '1.4.2',
        reason: 'PowerUp',
      },
      answer: { status: 'Accepted', heartbeat_interval_s: 300 },
    },
  },
  authorize: {
    path: BACKEND_PATHS.authorize,
    data: authorizeData,
    answer: authorizeAnswer,
    example: {
      data: { id_token: '04A2B3C4D5E6F7', id_token_type: 'ISO14443' },
      answer: {
        status: 'Accepted',
        expires_at: '2026-12-31T23:59:59Z',
        ttl_s: 600,
        group_id_token: { id_token: 'FLEET-7', type: 'Central' },
      },
    },
  },
  'data-transfer': {
    path: BACKEND_PATHS.dataTransfer,
    data: dataTransferData,
    answer: dataTransferAnswer,
    example: {
      data: { vendor_id: 'Other', message_id: 'tariff', data: '{"zone":3}' },
      answer: { status: 'Accepted', data: '{"price":0.42}' },
    },
  },
  'session-open': { path: BACKEND_PATHS.sessionOpen, data: sessionData, example: { data: SESSION } },
  'session-update': {
    path: BACKEND_PATHS.sessionUpdate,
    optional: 'session-update',
    data: sessionData,
    example: { data: { ...SESSION, revision: 2, reservation_id: 7 } },
  },
  'session-close': {
    path: BACKEND_PATHS.sessionClose,
    data: sessionCloseData,
    example: {
      data: {
        ...SESSION,
        revision: 3,
        meter_stop_wh: 900,
        energy_wh: 800,
        energy_reason: null,
        total_cost: null,
        cost: null,
        ended_at: '2026-01-01T11:59:58.000Z',
        reason: 'EVDisconnected',
        end_inferred: null,
        unassigned_reason: null,
        assigned_to: null,
      },
    },
  },
  cost: {
    path: BACKEND_PATHS.sessionCost,
    optional: 'cost',
    data: costData,
    answer: costAnswer,
    example: {
      data: {
        transaction_id: 'b3f1c2d4',
        final: false,
        started_at: '2026-01-01T11:00:00.000Z',
        meter_start_wh: 568_592,
        meter_wh: 582_592,
        energy_wh: 14_000,
        at: '2026-01-01T11:30:00.000Z',
      },
      answer: { cost: { amount: '4.20', currency: 'EUR' }, total_cost: 4.2 },
    },
  },
  'charging-needs': {
    path: BACKEND_PATHS.chargingNeeds,
    optional: 'charging-needs',
    data: chargingNeedsData,
    answer: chargingNeedsAnswer,
    example: {
      data: {
        evse_id: 1,
        transaction_id: 'b3f1c2d4',
        charging_needs: {
          requestedEnergyTransfer: 'DC',
          dcChargingParameters: { evMaxCurrent: 200, evMaxVoltage: 400 },
        },
        max_schedule_tuples: 16,
      },
      answer: {
        status: 'Accepted',
        charging_profile: {
          charging_profile_id: 7,
          stack_level: 0,
          kind: 'Absolute',
          schedule: {
            start_schedule: '2026-01-01T11:30:00Z',
            charging_rate_unit: 'W',
            periods: [{ start_period: 0, limit: 50_000 }],
          },
        },
      },
    },
  },
  'ev-certificate': {
    path: BACKEND_PATHS.evCertificate,
    optional: 'ev-certificate',
    data: evCertificateData,
    answer: evCertificateAnswer,
    example: {
      data: { iso15118_schema_version: 'urn:iso:15118:2:2013:MsgDef', action: 'Install', exi_request: 'gJgC' },
      answer: { status: 'Accepted', exi_response: 'gKgC' },
    },
  },
} as const satisfies Record<string, BackendCall>;

export type BackendCallName = keyof typeof BACKEND_CALLS;
