import { outbound } from './outbound.ts';

/** UnpublishFirmware (OCPP 2.0.1 L04). */
export const unpublishFirmware = outbound('UnpublishFirmware', 'UnpublishFirmware', {
  toCall: ({ checksum }, checked) => checked({ checksum }),
  mirror: {
    // NoFirmware: it is published no more. DownloadOngoing: a station fetches it, and it stays.
    answered: ({ checksum }, { status }) =>
      status === 'DownloadOngoing' ? [] : [{ kind: 'firmwareUnpublished', checksum }],
  },
});
