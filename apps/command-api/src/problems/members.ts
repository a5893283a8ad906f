import { z } from 'zod';

/** One thing that is wrong with a request. */
export const requestFault = z.object({
  pointer: z.string().optional().describe('JSON pointer to the field of the body; absent when a parameter is wrong'),
  parameter: z.string().optional().describe('Name of the query or path parameter; absent when the body is wrong'),
  message: z.string().describe('What is wrong with the field or parameter'),
});

/** The members of a problem besides those of RFC 9457. Each is there only where it applies. */
export const problemMembers = z.object({
  command_id: z.string().describe('Id of the command: GET /api/v1/commands/{command_id}'),
  action: z.string().describe('Action of the CALL, in the protocol of the charge point'),
  protocol: z.string().describe('OCPP version of the charge point'),
  code: z
    .string()
    .meta({ knownValues: ['unsupported_version', 'queue_full', 'draining', 'not_accepted', 'internal', 'failed'] })
    .describe('Why the gateway did not carry out the command'),
  sent: z.boolean().describe('Whether the CALL was sent to the charge point'),
  reason: z.string().describe('What is wrong with the answer of the charge point'),
  payload: z.unknown().describe('Answer of the charge point as it was sent'),
  call_error: z
    .object({
      action: z.string().describe('Action of the CALL that the charge point refused'),
      code: z.string().describe('Error code as the charge point sent it'),
      standard_code: z.string().describe('Error code of the specification that it stands for'),
      description: z.string().describe('Description of the error by the charge point; empty when it sent none'),
      details: z.record(z.string(), z.unknown()).describe('Details of the error as the charge point sent them'),
    })
    .describe('CALLERROR of the charge point'),
  state: z.enum(['pending', 'delivered', 'dead']).describe('State of the delivery'),
  limit: z.int().describe('Greatest number of event streams that a token may have open'),
  dependency: z.enum(['redis', 'postgres', 'clickhouse', 'kafka']).describe('Which dependency is unavailable'),
});

export type ProblemMembers = Partial<z.infer<typeof problemMembers>>;
export type RequestFault = z.infer<typeof requestFault>;
