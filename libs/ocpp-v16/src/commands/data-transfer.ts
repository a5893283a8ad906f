import { outbound } from './outbound.ts';

/** DataTransfer, central system to charge point (OCPP 1.6 section 5.6). */
export const dataTransfer = outbound('DataTransfer', 'DataTransfer', {
  toCall: ({ vendorId, messageId, data }, checked) => checked({ vendorId, messageId, data }),

  readAnswer: ({ data }) => ({ data }),
});
