import type { DataTransferQuery, DataTransferStatus } from '@ocpp-gw/ocpp-j';
import { z } from 'zod';

const registration = z.strictObject({
  vendor_id: z.string().min(1).max(255),
  /** Message id; absent means every message of the vendor. */
  message_ids: z.array(z.string().min(1)).min(1).optional(),
  answer: z.enum(['accept', 'backend']).default('accept'),
});

export type DataTransferRegistration = z.infer<typeof registration>;

/** Reads the registrations for DataTransfer from JSON text. */
export const dataTransferRegistrations = z
  .string()
  .default('[]')
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON such as [{"vendor_id":"ACME","answer":"backend"}]' });
      return z.NEVER;
    }
  })
  .pipe(z.array(registration));

/**
 * Vendor ids are CiString255 (1.6 section 6.15) and compare so; of message ids nothing is said, and they are the
 * vendor's.
 */
export function registeredFor(
  registrations: readonly DataTransferRegistration[],
  { vendorId, messageId }: DataTransferQuery,
): DataTransferStatus | 'askBackend' {
  const ofVendor = registrations.filter(({ vendor_id }) => vendor_id.toLowerCase() === vendorId.toLowerCase());
  if (ofVendor.length === 0) return 'UnknownVendorId';
  const found = ofVendor.find(
    ({ message_ids }) => message_ids === undefined || (messageId !== undefined && message_ids.includes(messageId)),
  );
  if (!found) return 'UnknownMessageId';
  return found.answer === 'backend' ? 'askBackend' : 'Accepted';
}
