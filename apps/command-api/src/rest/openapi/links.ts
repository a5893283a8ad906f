import type { Operation } from './operations.ts';

interface Link {
  /** Names of the schemas of the answers. */
  of: RegExp;
  /** What reads it again. */
  operationId: string;
  description: string;
  /** Fields of the answer by the parameters that they are. */
  parameters: Readonly<Record<string, string>>;
}

const LINKS: readonly Link[] = [
  {
    of: /^(Command|\w*Answer)$/,
    operationId: 'getCommand',
    description: 'The command as it is then',
    parameters: { command_id: 'command_id' },
  },
  {
    of: /^BulkCommand$/,
    operationId: 'getBulkCommand',
    description: 'The bulk command as it is then',
    parameters: { bulk_id: 'bulk_id' },
  },
  {
    of: /^ChargePoint$/,
    operationId: 'getChargePoint',
    description: 'The charge point with its connectors',
    parameters: { cp_id: 'cp_id' },
  },
  {
    of: /^Transaction$/,
    operationId: 'getTransaction',
    description: 'The transaction as it is then',
    parameters: { cp_id: 'cp_id', transaction_id: 'transaction_id' },
  },
  {
    of: /^Webhook(WithSecret)?$/,
    operationId: 'getWebhook',
    description: 'The webhook as it is then',
    parameters: { webhook: 'name' },
  },
  {
    of: /^WebhookDelivery$/,
    operationId: 'getWebhookDelivery',
    description: 'The delivery with its body',
    parameters: { delivery_id: 'id' },
  },
];

/** Says of the answer to a request that changes something which operation reads it again. */
export function addLinks(operations: readonly Operation[]): void {
  for (const { operationId, responses } of operations)
    for (const [status, response] of Object.entries(responses)) {
      const { $ref = '' } = (response.content?.['application/json']?.schema ?? {}) as { $ref?: string };
      const schema = $ref.split('/').at(-1) ?? '';
      const link = LINKS.find(({ of }) => of.test(schema));
      if (!link || Number(status) >= 300 || link.operationId === operationId) continue;
      const parameters = Object.entries(link.parameters).map(([name, field]) => [name, `$response.body#/${field}`]);
      const { operationId: leadsTo, description } = link;
      response.links = {
        [leadsTo]: { operationId: leadsTo, description, parameters: Object.fromEntries(parameters) },
      };
    }
}
