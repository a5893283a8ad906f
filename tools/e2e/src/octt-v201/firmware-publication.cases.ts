import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { charging, type Octt } from './octt.ts';

const IMAGE = 'https://files.example.com/firmware/o2-2.0.bin';
const CHECKSUM = 'd41d8cd98f00b204e9800998ecf8427e';
const LOCATIONS = ['http://10.1.0.1/firmware/o2-2.0.bin', 'ftp://10.1.0.1/firmware/o2-2.0.bin'];

/** Block L, a local controller that publishes firmware to its stations (L03, L04). */
export function firmwarePublication(stack: () => Stack): void {
  const { booted } = charging(stack);

  /** PublishFirmware, which the local controller takes. @returns what it tells next */
  async function publish(octt: Octt): Promise<(status: string, location?: string[]) => Promise<void>> {
    const body = { location: IMAGE, checksum: CHECKSUM, retries: 1, retry_interval: 5 };
    const { sent, heard } = await octt.command('publish-firmware', body, 'PublishFirmware', { status: 'Accepted' });
    expect(sent).toEqual({
      location: IMAGE,
      checksum: CHECKSUM,
      requestId: expect.any(Number),
      retries: 1,
      retryInterval: 5,
    });
    const { requestId } = sent;
    expect(heard).toMatchObject({ status: 'Accepted', ocpp_request_id: requestId });
    const publication = { ocpp_request_id: requestId, location: IMAGE, checksum: CHECKSUM, unpublished_at: null };
    expect(await octt.list('/firmware-publications')).toMatchObject([{ ...publication, status: null, locations: [] }]);
    return async (status, location) => {
      const payload = { status, requestId, ...(location && { location }) };
      expect(await octt.call('PublishFirmwareStatusNotification', payload)).toEqual({});
      expect(await octt.list('/firmware-publications')).toMatchObject([
        { ...publication, status, locations: location ?? [] },
      ]);
    };
  }

  async function published(octt: Octt): Promise<void> {
    const progress = await publish(octt);
    for (const status of ['Downloading', 'Downloaded', 'ChecksumVerified']) await progress(status);
    await progress('Published', LOCATIONS);
  }

  async function unpublish(octt: Octt, status: string): Promise<void> {
    const body = { checksum: CHECKSUM };
    const { sent, heard } = await octt.command('unpublish-firmware', body, 'UnpublishFirmware', { status });
    expect(sent).toEqual({ checksum: CHECKSUM });
    expect(heard).toMatchObject({ status });
  }

  it('TC_L_17 Publish Firmware - Published', async () => published(await booted('OCTT2-L_17')));

  it('TC_L_19 Publish Firmware - Invalid Checksum', () =>
    fails('OCTT2-L_19', ['Downloading', 'Downloaded', 'InvalidChecksum']));
  it('TC_L_20 Publish Firmware - PublishFailed', () =>
    fails('OCTT2-L_20', ['Downloading', 'Downloaded', 'ChecksumVerified', 'PublishFailed']));
  it('TC_L_24 Publish Firmware - Download failed', () => fails('OCTT2-L_24', ['Downloading', 'DownloadFailed']));

  async function fails(cpId: string, statuses: readonly string[]): Promise<void> {
    const progress = await publish(await booted(cpId));
    for (const status of statuses) await progress(status);
  }

  it('TC_L_21 Unpublish Firmware - Unpublished', async () => {
    const octt = await booted('OCTT2-L_21');
    await published(octt);
    await unpublish(octt, 'Unpublished');
    expect(await octt.list('/firmware-publications')).toMatchObject([
      { checksum: CHECKSUM, unpublished_at: expect.any(String) },
    ]);
  });

  it('TC_L_22 Unpublish Firmware - NoFirmware', async () => {
    const octt = await booted('OCTT2-L_22');
    await unpublish(octt, 'NoFirmware');
    expect(await octt.list('/firmware-publications')).toEqual([]);
  });

  it('TC_L_23 Unpublish Firmware - Download Ongoing', async () => {
    const octt = await booted('OCTT2-L_23');
    const progress = await publish(octt);
    await progress('Published', LOCATIONS);
    await unpublish(octt, 'DownloadOngoing');
    expect(await octt.list('/firmware-publications')).toMatchObject([{ status: 'Published', unpublished_at: null }]);
  });
}
