import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { endTime, evseId, groupIdToken, idToken, idTokenType, reservationId } from './shared/fields.ts';
import { having, refusing } from './shared/rules.ts';

/** ConnectorEnumType of OCPP 2.0.1. */
const connectorType = z
  .enum([
    'cCCS1',
    'cCCS2',
    'cG105',
    'cTesla',
    'cType1',
    'cType2',
    's309-1P-16A',
    's309-1P-32A',
    's309-3P-16A',
    's309-3P-32A',
    'sBS1361',
    'sCEE-7-7',
    'sType2',
    'sType3',
    'Other1PhMax16A',
    'Other1PhOver16A',
    'Other3Ph',
    'Pan',
    'wInductive',
    'wResonant',
    'Undetermined',
    'Unknown',
  ])
  .describe('Type of the connector, instead of evse_id, to reserve any EVSE that has one (2.0.1 only)');

export const reserveNow = defineCommand({
  kind: 'ReserveNow',
  job: 'reservations',
  summary: 'Reserve an EVSE for a driver (1.6 and 2.0.1 ReserveNow)',
  request: z
    .strictObject({
      reservation_id: reservationId
        .optional()
        .describe(
          'Id of the reservation. A reservation with the same id is replaced; when it is absent the gateway chooses one',
        ),
      id_token: idToken,
      id_token_type: idTokenType.optional(),
      group_id_token: groupIdToken.optional(),
      evse_id: evseId.optional().describe('Number of the EVSE (1.6: connector); absent means any of them'),
      connector_type: connectorType.optional(),
      expires_at: endTime.describe('When the reservation ends; must not have passed'),
    })
    .meta(refusing(having('evse_id', 'connector_type'))),
  example: { id_token: '04E91C5A223C80', evse_id: 1, expires_at: '2036-01-31T12:00:00Z' },
  made: 'reservation_id',
});
