import { spawnSync } from 'node:child_process';

/** The descriptors of events.proto and gateway.proto as they were published last. */
export const PUBLISHED_IMAGE = 'proto/published.binpb';

/**
 * What a client would notice of a change since the image was published, one line for each fault; empty when there is nothing.
 * `folder` holds buf.yaml.
 */
export function breakingChanges(folder: string, image: string): string {
  const { status, stdout, stderr } = spawnSync('buf', ['breaking', folder, '--against', image], { encoding: 'utf8' });
  return status === 0 ? '' : stdout + stderr;
}

/** The descriptors as they are now. */
export function imageOf(folder: string): Buffer {
  const { status, stdout, stderr } = spawnSync('buf', ['build', folder, '--exclude-source-info', '--output', '-']);
  if (status !== 0) throw new Error(stderr.toString());
  return stdout;
}
