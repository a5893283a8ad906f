import { z } from 'zod';
import { openEnum } from '../open-enum.ts';
import { grpcName } from './grpc-names.ts';

/** The statuses of the answers to commands in OCPP 1.6 and 2.0.1, and Partial for several items. */
const STATUSES = [
  ...['Accepted', 'AcceptedCanceled', 'DownloadOngoing', 'EmptyResultSet', 'Failed', 'Faulted', 'Invalid'],
  ...['InvalidCertificate', 'NoFirmware', 'NoProfiles', 'NotFound', 'NotImplemented', 'NotSupported'],
  ...['NotSupportedMessageFormat', 'NotSupportedPriority', 'NotSupportedState', 'Occupied', 'Partial'],
  ...['OngoingAuthorizedTransaction', 'RebootRequired', 'Rejected', 'RevokedCertificate', 'Scheduled', 'Unavailable'],
  ...['Unknown', 'UnknownConnector', 'UnknownMessageId', 'UnknownTransaction', 'UnknownVendorId', 'UnlockFailed'],
  ...['Unlocked', 'Unpublished', 'VersionMismatch'],
];

/** The fields of every answer to a typed command. */
export const answerShape = {
  request_id: z.string().describe('Id of the request, the same as in X-Request-Id and in the logs'),
  command_id: z.string().describe('Id of the command, the same as in GET /api/v1/commands, in events and in logs'),
  action: z
    .string()
    .describe('Action of the CALL that was sent, in the protocol of the charge point')
    .meta({ examples: ['RemoteStartTransaction'] }),
  status: openEnum(STATUSES)
    .describe(
      'Answer as the charge point sent it, or Accepted when its protocol has no status for the call. When the charge point ' +
        'answers several items one by one, this is Accepted (or RebootRequired) if it accepted all, Partial if it accepted ' +
        'some, and otherwise their common status or Rejected. The list beside it has the status of each item',
    )
    .meta({ examples: ['Accepted'] }),
  status_info: grpcName(
    'StatusInfo',
    z.object({
      reason_code: z.string().nullable().describe('Code of the reason; null when there is none'),
      additional_info: z.string().nullable().describe('Further text about the reason; null when there is none'),
    }),
  )
    .nullable()
    .describe('Reason for the status (2.0.1 only); null when the charge point gives none'),
};

/** The answer when the charge point sends nothing besides its status. */
export const commandAnswer = z.object(answerShape).meta({ id: 'CommandAnswer' });

export type CommandAnswer = z.infer<typeof commandAnswer> & Record<string, unknown>;
