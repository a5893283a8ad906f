import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Authority, type OcspResponder, makeCa, startOcspResponder } from '@ocpp-gw/testing';

/** Who issues the contract certificates of vehicles (ISO 15118), and answers for them. */
export interface ContractPki {
  root: Authority;
  responder: OcspResponder;
  /** Makes a ws-edge trust the root and ask the responder, which is on this machine. */
  env: Record<string, string>;
  stop(): Promise<void>;
}

export async function startContractPki(): Promise<ContractPki> {
  const root = await makeCa({ cn: 'OCTT MO root', o: 'OCTT eMSP' });
  const folder = await mkdtemp(join(tmpdir(), 'ocpp-gw-contracts-'));
  const rootsFile = join(folder, 'roots.pem');
  await writeFile(rootsFile, root.cert);
  const responder = await startOcspResponder(root);
  return {
    root,
    responder,
    env: {
      EVEYS_OCPP_OCSP_ALLOW_PRIVATE_RESPONDERS: 'true',
      EVEYS_OCPP_ISO15118_ROOTS_FILE: rootsFile,
    },
    async stop() {
      await Promise.all([responder.stop(), rm(folder, { recursive: true })]);
    },
  };
}
