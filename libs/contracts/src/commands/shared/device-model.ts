import { z } from 'zod';
import { grpcName } from '../grpc-names.ts';
import { connectorId, evseId, orNull } from './fields.ts';

/** Components, variables and monitors of a 2.0.1 station, as callers name them and as the station answers. */

const name = z.string().min(1).max(50);

const nameOf = (what: string, example: string) =>
  name
    .describe(`As the appendices of OCPP 2.0.1 or the vendor write the ${what}; letter case does not matter`)
    .meta({ examples: [example] });

const instance = name.optional().describe('Which of several that have the name');

export const component = grpcName(
  'Component',
  z
    .strictObject({
      name: nameOf('component', 'OCPPCommCtrlr'),
      instance,
      evse: grpcName(
        'ComponentEvse',
        z.strictObject({
          id: evseId.describe('EVSE'),
          connector_id: connectorId.optional().describe('Absent: the component is of the EVSE'),
        }),
      )
        .optional()
        .describe('Absent: the component is of the station'),
    })
    .meta({ id: 'Component' }),
);

export const variable = grpcName(
  'Variable',
  z.strictObject({ name: nameOf('variable', 'HeartbeatInterval'), instance }).meta({ id: 'Variable' }),
);

export const attributeType = grpcName(
  'AttributeType',
  z.enum(['Actual', 'Target', 'MinSet', 'MaxSet']).describe('Which value of the variable; Actual when absent'),
);

/** One value of one variable. */
export const attribute = { component, variable, attribute_type: attributeType.optional() };

/** What a report shall have in it. */
export const componentVariables = z
  .array(
    grpcName(
      'ComponentVariable',
      z.strictObject({
        component,
        variable: variable.optional().describe('Absent: every variable of the component'),
      }),
    ),
  )
  .min(1)
  .optional()
  .describe('Of these alone; absent: of all');

export const severity = z
  .int()
  .min(0)
  .max(9)
  .describe(
    '0 Danger, 1 HardwareFailure, 2 SystemFailure, 3 Critical, 4 Error, 5 Alert, 6 Warning, 7 Notice, 8 Informational, 9 Debug',
  )
  .meta({ examples: [5] });

export const monitorType = grpcName(
  'MonitorType',
  z
    .enum(['UpperThreshold', 'LowerThreshold', 'Delta', 'Periodic', 'PeriodicClockAligned'])
    .describe('What makes the monitor tell of the variable'),
);

/** As a charge point says them. */
const answeredInstance = orNull(z.string()).describe('Which of several that have the name');

export const answeredComponent = grpcName(
  'Component',
  z
    .object({
      name: z.string().describe('Of the component'),
      instance: answeredInstance,
      evse: orNull(
        grpcName(
          'ComponentEvse',
          z.object({
            id: z.int().describe('EVSE'),
            connector_id: orNull(z.int()).describe('null: the component is of the EVSE'),
          }),
        ),
      ).describe('null: the component is of the station'),
    })
    .meta({ id: 'AnsweredComponent' }),
);

export const answeredVariable = grpcName(
  'Variable',
  z
    .object({ name: z.string().describe('Of the variable'), instance: answeredInstance })
    .meta({ id: 'AnsweredVariable' }),
);

export const answeredAttribute = {
  component: answeredComponent,
  variable: answeredVariable,
  attribute_type: attributeType.default('Actual').describe('Which value of the variable'),
};

export const answeredStatus = (of: string): z.ZodString =>
  z
    .string()
    .describe(`What the charge point says of the ${of}, as sent`)
    .meta({ examples: ['Accepted'] });
