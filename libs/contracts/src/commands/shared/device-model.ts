import { z } from 'zod';
import { grpcName } from '../grpc-names.ts';
import { connectorId, evseId, orNull } from './fields.ts';

/** Components, variables and monitors of a 2.0.1 charge point, in requests of callers and in its answers. */

const name = z.string().min(1).max(50);

const nameOf = (what: string, example: string) =>
  name
    .describe(
      `Name of the ${what} in the appendices of OCPP 2.0.1 or in the documents of the vendor; letter case does not matter`,
    )
    .meta({ examples: [example] });

const instance = name.optional().describe('Instance, when several have the name');

export const component = grpcName(
  'Component',
  z
    .strictObject({
      name: nameOf('component', 'OCPPCommCtrlr'),
      instance,
      evse: grpcName(
        'ComponentEvse',
        z.strictObject({
          id: evseId.describe('Number of the EVSE'),
          connector_id: connectorId
            .optional()
            .describe('Connector that the component belongs to; absent means the whole EVSE'),
        }),
      )
        .optional()
        .describe('EVSE that the component belongs to; absent means the whole charge point'),
    })
    .meta({ id: 'Component' }),
);

export const variable = grpcName(
  'Variable',
  z.strictObject({ name: nameOf('variable', 'HeartbeatInterval'), instance }).meta({ id: 'Variable' }),
);

export const attributeType = grpcName(
  'AttributeType',
  z.enum(['Actual', 'Target', 'MinSet', 'MaxSet']).describe('Value of the variable that is meant; absent means Actual'),
);

/** One value of one variable. */
export const attribute = { component, variable, attribute_type: attributeType.optional() };

/** The components and variables that a report is limited to. */
export const componentVariables = z
  .array(
    grpcName(
      'ComponentVariable',
      z.strictObject({
        component,
        variable: variable.optional().describe('Variable of the component; absent means all its variables'),
      }),
    ),
  )
  .min(1)
  .optional()
  .describe('Components and variables to report; absent means all');

export const severity = z
  .int()
  .min(0)
  .max(9)
  .describe(
    'Severity: 0 Danger, 1 HardwareFailure, 2 SystemFailure, 3 Critical, 4 Error, 5 Alert, 6 Warning, 7 Notice, 8 Informational, 9 Debug',
  )
  .meta({ examples: [5] });

export const monitorType = grpcName(
  'MonitorType',
  z
    .enum(['UpperThreshold', 'LowerThreshold', 'Delta', 'Periodic', 'PeriodicClockAligned'])
    .describe('Type of the monitor, which says when the charge point reports the variable'),
);

/** The same in the answers of charge points. */
const answeredInstance = orNull(z.string()).describe('Instance, when several have the name; null when only one has it');

export const answeredComponent = grpcName(
  'Component',
  z
    .object({
      name: z.string().describe('Name of the component'),
      instance: answeredInstance,
      evse: orNull(
        grpcName(
          'ComponentEvse',
          z.object({
            id: z.int().describe('Number of the EVSE'),
            connector_id: orNull(z.int()).describe(
              'Connector that the component belongs to; null when it belongs to the whole EVSE',
            ),
          }),
        ),
      ).describe('EVSE that the component belongs to; null when it belongs to the whole charge point'),
    })
    .meta({ id: 'AnsweredComponent' }),
);

export const answeredVariable = grpcName(
  'Variable',
  z
    .object({ name: z.string().describe('Name of the variable'), instance: answeredInstance })
    .meta({ id: 'AnsweredVariable' }),
);

export const answeredAttribute = {
  component: answeredComponent,
  variable: answeredVariable,
  attribute_type: attributeType.default('Actual').describe('Value of the variable that is meant'),
};

export const answeredStatus = (of: string): z.ZodString =>
  z
    .string()
    .describe(`Status of the ${of} as the charge point sent it`)
    .meta({ examples: ['Accepted'] });
