import { readCertificate } from '../certificate-store.ts';
import { message } from './messages.ts';
import type { Answers, Station16 } from './station.ts';
import { pauseUntil } from '../time.ts';

/** Goes away to install, and comes back as the next version. */
async function rebootIntoNewFirmware(station: Station16): Promise<void> {
  const [major, minor, patch] = station.firmwareVersion.split('.').map(Number);
  station.firmwareVersion = `${major}.${minor}.${(patch ?? 0) + 1}`;
  await station.charger.reboot('FirmwareUpdate', 'SoftReset');
  while (!station.charger.online && !station.charger.ended) await station.charger.pause(50);
}

/** Firmware management (OCPP 1.6 5.7, 5.20; whitepaper L01, N01). */
export const firmware = {
  GetDiagnostics: ({ charger, diagnostics }) => ({
    payload: { fileName: `diagnostics-${charger.settings.id}.log`.slice(-255) },
    after: async () => {
      await diagnostics.run(['Uploading', 'Uploaded'], (status) =>
        charger.notify(message('DiagnosticsStatusNotification', { status })),
      );
    },
  }),

  GetLog: ({ charger, log }, { requestId, logType }) => {
    const notify = (status: Parameters<Parameters<typeof log.run>[1]>[0]): Promise<unknown> =>
      charger.notify(message('LogStatusNotification', { status, requestId }));
    return {
      // N01.FR.12: a second request ends the first.
      payload: { status: log.running ? 'AcceptedCanceled' : 'Accepted', filename: `${logType}-${requestId}.log` },
      after: async () => {
        await log.run(['Uploading', 'Uploaded'], notify);
      },
    };
  },

  UpdateFirmware: (station, { retrieveDate }) => {
    const { charger } = station;
    const report = (status: Parameters<Parameters<typeof station.firmware.run>[1]>[0]): Promise<unknown> =>
      charger.notify(message('FirmwareStatusNotification', { status }));
    return {
      payload: {},
      after: async () => {
        await pauseUntil(charger, new Date(retrieveDate));
        if (!(await station.firmware.run(['Downloading', 'Downloaded', 'Installing'], report))) return;
        await rebootIntoNewFirmware(station);
        await report('Installed');
      },
    };
  },

  SignedUpdateFirmware: (station, { requestId, firmware: { retrieveDateTime, signingCertificate } }) => {
    const { charger, signedFirmware } = station;
    if (!readCertificate(signingCertificate)) {
      return {
        payload: { status: 'InvalidCertificate' },
        after: async () => {
          await charger.notify(station.securityEvent('InvalidFirmwareSigningCertificate'));
        },
      };
    }
    const report = (status: Parameters<Parameters<typeof signedFirmware.run>[1]>[0]): Promise<unknown> =>
      charger.notify(message('SignedFirmwareStatusNotification', { status, requestId }));
    return {
      payload: { status: signedFirmware.running ? 'AcceptedCanceled' : 'Accepted' },
      after: async () => {
        await pauseUntil(charger, new Date(retrieveDateTime));
        const stages = ['Downloading', 'Downloaded', 'SignatureVerified', 'Installing', 'InstallRebooting'] as const;
        if (!(await signedFirmware.run(stages, report))) return;
        await rebootIntoNewFirmware(station);
        await report('Installed');
        await charger.notify(station.securityEvent('FirmwareUpdated'));
      },
    };
  },
} satisfies Partial<Answers>;
