import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { charging, type Octt, time } from './octt.ts';

const IMAGE = 'https://files.example.com/firmware/o1-1.1.bin';
const UPLOADS = 'ftp://octt:secret@files.example.com/diagnostics/';

/** FirmwareManagement. */
export function firmware(stack: () => Stack): void {
  const { booted } = charging(stack);

  async function updateFirmware(octt: Octt): Promise<void> {
    const retrieveAt = time(2);
    const body = { location: IMAGE, retrieve_at: retrieveAt };
    const { sent, heard } = await octt.command('update-firmware', body, 'UpdateFirmware', {});
    expect(sent).toEqual({ location: IMAGE, retrieveDate: retrieveAt });
    expect(heard).toMatchObject({ status: 'Accepted' });
    expect(await octt.list('/firmware-updates')).toEqual([
      expect.objectContaining({ location: IMAGE, retrieve_at: retrieveAt, signed: false, status: null }),
    ]);
  }

  /** The station tells where it is, and the operator sees just that. */
  async function progress(octt: Octt, status: string): Promise<void> {
    expect(await octt.call('FirmwareStatusNotification', { status })).toEqual({});
    expect(await octt.list('/firmware-updates')).toEqual([expect.objectContaining({ location: IMAGE, status })]);
  }

  it('TC_044_1 Firmware Update – Download and Install', async () => {
    const octt = await booted('OCTT-044_1');
    await updateFirmware(octt);
    await progress(octt, 'Downloading');
    await progress(octt, 'Downloaded');
    for (const connectorId of [0, 1]) await octt.status(connectorId, 'Unavailable');
    await progress(octt, 'Installing');
    expect(await octt.connectorStatus(1)).toBe('Unavailable');
    await octt.disconnect();
    await octt.connect();
    await octt.boot({ firmwareVersion: '1.1' });
    for (const connectorId of [0, 1]) await octt.status(connectorId, 'Available');
    await progress(octt, 'Installed');
    expect(await octt.read()).toMatchObject({ firmware_version: '1.1', registration_status: 'Accepted' });
    expect(await octt.connectorStatus(1)).toBe('Available');
  });

  it('TC_044_2 Firmware Update – Download Failed', async () => {
    const octt = await booted('OCTT-044_2');
    await updateFirmware(octt);
    await progress(octt, 'Downloading');
    await progress(octt, 'DownloadFailed');
  });

  it('TC_044_3 Firmware Update – Installation Failed', async () => {
    const octt = await booted('OCTT-044_3');
    await updateFirmware(octt);
    await progress(octt, 'Downloading');
    await progress(octt, 'Downloaded');
    for (const connectorId of [0, 1]) await octt.status(connectorId, 'Unavailable');
    await progress(octt, 'Installing');
    await octt.reboot();
    await progress(octt, 'InstallationFailed');
    for (const connectorId of [0, 1]) await octt.status(connectorId, 'Available');
    expect(await octt.connectorStatus(1)).toBe('Available');
  });

  it('TC_045_1 Get Diagnostics', () => uploads('OCTT-045_1', ['Uploading', 'Uploaded']));
  it('TC_045_2 Get Diagnostics – Upload Failed', () => uploads('OCTT-045_2', ['Uploading', 'UploadFailed']));

  async function uploads(cpId: string, statuses: readonly string[]): Promise<void> {
    const octt = await booted(cpId);
    const [oldest, latest] = [time(-86_400), time()];
    const { sent, heard } = await octt.command(
      'get-diagnostics',
      { location: UPLOADS, oldest, latest, retries: 1, retry_interval: 5 },
      'GetDiagnostics',
      { fileName: 'diagnostics.zip' },
    );
    expect(sent).toEqual({ location: UPLOADS, startTime: oldest, stopTime: latest, retries: 1, retryInterval: 5 });
    expect(heard).toMatchObject({ status: 'Accepted', file_name: 'diagnostics.zip' });
    for (const status of statuses) {
      expect(await octt.call('DiagnosticsStatusNotification', { status })).toEqual({});
      expect(await octt.list('/log-uploads')).toEqual([
        expect.objectContaining({
          log_type: 'Diagnostics',
          location: UPLOADS,
          file_name: 'diagnostics.zip',
          oldest,
          latest,
          status,
        }),
      ]);
    }
  }
}
