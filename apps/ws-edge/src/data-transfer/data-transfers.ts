import { BACKEND_PATHS, dataTransferAnswer, type dataTransferData } from '@ocpp-gw/contracts/backend';
import type { DataTransferAnswer, DataTransferQuery } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import type { z } from 'zod';
import type { AskBackend } from '../backend/backend-client.ts';
import { registeredFor, type DataTransferRegistration } from './registrations.ts';

/** Answers a DataTransfer by the registrations, or by the backend when they leave it to the backend. Never rejects. */
export class DataTransfers {
  constructor(
    private readonly backend: AskBackend | null,
    private readonly registrations: readonly DataTransferRegistration[],
    private readonly logger: Logger,
  ) {}

  async answer(cpId: string, query: DataTransferQuery): Promise<DataTransferAnswer> {
    const word = registeredFor(this.registrations, query);
    return word === 'askBackend' ? this.ask(cpId, query) : { status: word };
  }

  private async ask(cpId: string, { vendorId, messageId, data }: DataTransferQuery): Promise<DataTransferAnswer> {
    // Without a backend nobody accepts the transfer.
    if (!this.backend) return { status: 'Rejected' };
    const question: z.infer<typeof dataTransferData> = {
      vendor_id: vendorId,
      ...(messageId === undefined ? {} : { message_id: messageId }),
      ...(data === undefined ? {} : { data }),
    };
    try {
      const answer = await this.backend.ask(BACKEND_PATHS.dataTransfer, cpId, question, dataTransferAnswer);
      return { status: answer.status, ...(answer.data ? { data: answer.data } : {}) };
    } catch (err) {
      this.logger.warn('backend did not take a data transfer, it is rejected', { cpId, vendorId, err });
      return { status: 'Rejected' };
    }
  }
}
