import { outbound } from './outbound.ts';

/** UnpublishFirmware (OCPP 2.0.1 L04). */
export const unpublishFirmware = outbound('UnpublishFirmware', 'UnpublishFirmware', {
  toCall: ({ checksum }, checked) => checked({ checksum }),
  mirror: {
    // NoFirmware: the image is not published any more. DownloadOngoing: a station fetches it, so it stays published.
    answered: ({ checksum }, { status }) =>
      status === 'DownloadOngoing' ? [] : [{ kind: 'firmwareUnpublished', checksum }],
  },
});
