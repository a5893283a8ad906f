import { pickFreePorts } from '@ocpp-gw/data-plane';
import { ServiceProcess } from '@ocpp-gw/rig';
import { engineSettings, settingsOf } from '@ocpp-gw/rig/settings';
import { BACKEND_TOKEN, TOKEN, WEBHOOK_SECRET, type Stack } from './stack.ts';

export interface SecondApi {
  process: ServiceProcess;
  /** http://host:port/api/v1 */
  url: string;
  grpcAddress: string;
}

/** Another command-api beside that of the stack. */
export async function startSecondApi({ dataPlane, backend }: Stack, name = 'second-command-api'): Promise<SecondApi> {
  const [rest = 0, grpc = 0] = await pickFreePorts(2);
  const surroundings = {
    engines: engineSettings(dataPlane),
    backend: { url: backend.url, token: BACKEND_TOKEN, webhookSecret: WEBHOOK_SECRET, events: [] },
    token: TOKEN,
    host: '127.0.0.1',
    ports: { rest, grpc },
  };
  const process = await ServiceProcess.startApp({
    app: 'command-api',
    name,
    directory: dataPlane.directory,
    env: settingsOf('command-api', surroundings),
  });
  return { process, url: `http://127.0.0.1:${rest}/api/v1`, grpcAddress: `127.0.0.1:${grpc}` };
}
