import { z } from 'zod';
import { grpcName } from './grpc-names.ts';

/** What every answer to a typed command says. */
export const answerShape = {
  request_id: z.string().describe('As in X-Request-Id and in the logs'),
  command_id: z.string().describe('The command on its way to the charge point, as in the logs of ws-edge'),
  action: z
    .string()
    .describe("The call in the charge point's protocol")
    .meta({ examples: ['RemoteStartTransaction'] }),
  status: z
    .string()
    .describe(
      "The charge point's answer, as sent; Accepted where its protocol has no status for the call. Where it answers each of " +
        'several things for itself: Accepted (or RebootRequired) when it took all, Partial when it took some, else their ' +
        'common word or Rejected; what became of each is listed beside it',
    )
    .meta({ examples: ['Accepted'] }),
  status_info: grpcName(
    'StatusInfo',
    z.object({ reason_code: z.string().nullable(), additional_info: z.string().nullable() }),
  )
    .nullable()
    .describe('2.0.1 only, where the charge point gives a reason'),
};

/** The answer where the charge point says no more than its status. */
export const commandAnswer = z.object(answerShape).meta({ id: 'CommandAnswer' });

export type CommandAnswer = z.infer<typeof commandAnswer> & Record<string, unknown>;
