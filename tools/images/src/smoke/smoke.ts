import { startTogether, type App } from '@ocpp-gw/rig';
import { APPS } from '@ocpp-gw/rig/settings';
import { FakeCharger } from '@ocpp-gw/testing';
import { openFilesLimit } from './container.ts';
import { startContained, type ContainedGateway } from './gateway.ts';
import { readImage } from './image.ts';
import { imageFaults } from './image-faults.ts';
import { processFaults } from './process-facts.ts';
import type { Line } from './report.ts';
import { PROTOCOLS, runSession } from './session.ts';

/** EVEYS_OCPP_DRAIN_TIMEOUT_S, which nothing changes here. */
const DRAIN_WINDOW_MS = 30_000;
const GOING_AWAY = 1001;

export interface SmokeOptions {
  imageOf: (app: App) => string;
  runtime?: string;
  report: (message: string) => void;
}

export interface Outcome {
  lines: Line[];
  faults: string[];
}

/** Looks into the four images, runs them, and ends them. */
export async function smoke(options: SmokeOptions): Promise<Outcome> {
  const { imageOf, report } = options;
  const lines: Line[] = APPS.map((app) => ({ app }));
  const faults: string[] = [];
  const note = (app: App, found: readonly string[]): void =>
    found.forEach((fault) => {
      report(`FAULT ${app}: ${fault}`);
      faults.push(`${app}: ${fault}`);
    });
  for (const line of lines) {
    report(`looking into ${imageOf(line.app)}`);
    const image = await readImage(imageOf(line.app));
    line.sizeBytes = image.sizeBytes;
    line.user = image.user;
    note(line.app, imageFaults(line.app, image));
  }
  const files = await openFilesLimit();
  const gateway = await startTogether((started) => startContained({ ...options, files }, started));
  try {
    for (const line of lines) {
      line.bootMs = gateway.containers[line.app].bootMs;
      note(line.app, await runningFaults(gateway, line.app));
    }
    for (const protocol of PROTOCOLS) {
      const { energyWh } = await runSession(protocol, gateway.places);
      report(`a session on OCPP ${protocol} (${energyWh} Wh) is at REST, in ClickHouse and at the webhook`);
    }
    await drainAll(gateway, lines, note, report);
  } finally {
    await gateway.stop();
  }
  return { lines, faults };
}

async function runningFaults({ containers }: ContainedGateway, app: App): Promise<string[]> {
  const faults = processFaults(await containers[app].facts());
  const ready = await containers[app].exec(['/nodejs/bin/node', 'ready.js']).then(
    () => [],
    (error: Error) => [`ready.js fails: ${error.message}`],
  );
  return [...faults, ...ready];
}

/** SIGTERM to each while a charger is connected. The edge comes last, so that the charger is there for all of them. */
async function drainAll(
  { containers, places }: ContainedGateway,
  lines: readonly Line[],
  note: (app: App, faults: string[]) => void,
  report: (message: string) => void,
): Promise<void> {
  const charger = await FakeCharger.connect({ url: places.edge, cpId: 'IMAGE-DRAIN' });
  await charger.call('BootNotification', { chargePointVendor: 'Vendor', chargePointModel: 'Model' });
  for (const line of lines.toReversed()) {
    const { code, ms } = await containers[line.app].drain();
    line.drainMs = ms;
    report(`${line.app} ended with ${code} after SIGTERM`);
    if (code !== 0) note(line.app, [`ends with ${code} after SIGTERM: ${containers[line.app].output.slice(-1000)}`]);
    if (ms > DRAIN_WINDOW_MS) note(line.app, [`needs ${ms.toFixed(0)} ms to drain`]);
  }
  const { code } = await charger.closed;
  report(`the socket of the charger closed with ${code}`);
  if (code !== GOING_AWAY) note('ws-edge', [`closes the socket of a charger with ${code}, not with ${GOING_AWAY}`]);
}
