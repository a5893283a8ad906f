import { resolve } from 'node:path';
import { ROOT } from '@ocpp-gw/rig';

/** Where `make up` keeps logs, process ids, the token and where its instance is; ignored by git. */
export const RUN_DIR = resolve(ROOT, '.run');
