import { pickFreePorts, type DataPlane } from '@ocpp-gw/data-plane';
import { engineSettings } from './engines.ts';
import { ServiceProcess, type AppOptions } from './service-process.ts';
import { argsOf, settingsOf, type Backend } from './service.ts';
import type { Build } from './repository.ts';

export interface CommandApiOptions extends Pick<AppOptions, 'restarts' | 'readyWithinMs'> {
  name: string;
  dataPlane: DataPlane;
  backend: Backend;
  token: string;
  build?: Build;
}

export interface CommandApi {
  process: ServiceProcess;
  /** http://host:port/api/v1 */
  rest: string;
  /** host:port */
  grpc: string;
  stop(): Promise<unknown>;
}

/** Another command-api on the engines of a gateway, on free ports. */
export async function startCommandApi(options: CommandApiOptions): Promise<CommandApi> {
  const { name, dataPlane, backend, token, build, ...more } = options;
  const [rest = 0, grpc = 0] = await pickFreePorts(2);
  const surroundings = {
    engines: engineSettings(dataPlane),
    backend,
    token,
    host: '127.0.0.1',
    ports: { rest, grpc },
  };
  const process = await ServiceProcess.startApp({
    app: 'command-api',
    name,
    args: argsOf('command-api', build),
    directory: dataPlane.directory,
    env: settingsOf('command-api', surroundings),
    ...more,
  });
  return {
    process,
    rest: `http://127.0.0.1:${rest}/api/v1`,
    grpc: `127.0.0.1:${grpc}`,
    stop: () => process.stop(),
  };
}
