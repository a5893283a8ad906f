import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { transactionId } from './shared/fields.ts';

export const remoteStop = defineCommand({
  kind: 'RemoteStop',
  job: 'charging',
  summary: 'Stop a transaction (1.6 RemoteStopTransaction, 2.0.1 RequestStopTransaction)',
  request: z.strictObject({ transaction_id: transactionId }),
  example: { transaction_id: '1042' },
});
