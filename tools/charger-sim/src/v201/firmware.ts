import { readCertificate } from '../certificate-store.ts';
import { message, type Request } from './messages.ts';
import type { Answers, Station201 } from './station.ts';
import { pauseUntil } from '../time.ts';

/** Goes away to install, and comes back as the next version. */
async function rebootIntoNewFirmware(station: Station201): Promise<void> {
  const [major, minor, patch] = station.firmwareVersion.split('.').map(Number);
  station.firmwareVersion = `${major}.${minor}.${(patch ?? 0) + 1}`;
  await station.charger.reboot('FirmwareUpdate', 'SoftReset');
  while (!station.charger.online && !station.charger.ended) await station.charger.pause(50);
}

/** Firmware and logs (OCPP 2.0.1 L, N01). */
export const firmware = {
  GetLog: ({ charger, log }, { requestId, logType }) => {
    const notify = (status: Request<'LogStatusNotification'>['status']): Promise<unknown> =>
      charger.notify(message('LogStatusNotification', { status, requestId }));
    return {
      // N01.FR.12: a second request ends the first.
      payload: { status: log.running ? 'AcceptedCanceled' : 'Accepted', filename: `${logType}-${requestId}.log` },
      after: async () => {
        await log.run(['Uploading', 'Uploaded'], notify);
      },
    };
  },

  PublishFirmware: (station, { requestId, checksum, location }) => {
    const { charger, publishing } = station;
    return {
      payload: { status: 'Accepted' },
      after: async () => {
        const stages = ['Downloading', 'Downloaded', 'ChecksumVerified', 'Published'] as const;
        await publishing.run(stages, (status) => {
          if (status === 'Published') station.published.add(checksum);
          // L03.FR.04: where local stations find it.
          const where = status === 'Published' ? { location: [location] as [string] } : {};
          return charger.notify(message('PublishFirmwareStatusNotification', { status, requestId, ...where }));
        });
      },
    };
  },

  UnpublishFirmware: ({ publishing, published }, { checksum }) => {
    if (publishing.running) return { payload: { status: 'DownloadOngoing' } };
    return { payload: { status: published.delete(checksum) ? 'Unpublished' : 'NoFirmware' } };
  },

  UpdateFirmware: (station, { requestId, firmware: { retrieveDateTime, signingCertificate } }) => {
    const { charger } = station;
    if (signingCertificate !== undefined && !readCertificate(signingCertificate)) {
      return {
        payload: { status: 'InvalidCertificate' },
        after: async () => {
          await charger.notify(station.securityEvent('InvalidFirmwareSigningCertificate'));
        },
      };
    }
    const report = (status: Request<'FirmwareStatusNotification'>['status']): Promise<unknown> =>
      charger.notify(message('FirmwareStatusNotification', { status, requestId }));
    const verified = signingCertificate === undefined ? [] : (['SignatureVerified'] as const);
    return {
      payload: { status: station.firmware.running ? 'AcceptedCanceled' : 'Accepted' },
      after: async () => {
        await pauseUntil(charger, new Date(retrieveDateTime));
        const stages = ['Downloading', 'Downloaded', ...verified, 'Installing', 'InstallRebooting'] as const;
        if (!(await station.firmware.run(stages, report))) return;
        await rebootIntoNewFirmware(station);
        await report('Installed');
        await charger.notify(station.securityEvent('FirmwareUpdated'));
      },
    };
  },
} satisfies Partial<Answers>;
