import { defineCommand } from '../define-command.ts';
import { request, transactionId } from '../fields.ts';

export const remoteStop = defineCommand({
  kind: 'RemoteStop',
  slug: 'remote-stop',
  summary: 'Stop a transaction (1.6 RemoteStopTransaction, 2.0.1 RequestStopTransaction)',
  request: request({ transaction_id: transactionId }),
  example: { transaction_id: '1042' },
});
