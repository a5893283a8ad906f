import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes the descriptors of gateway.proto and of what it imports, with their comments, into the module that is named by the argument. */
const file = process.argv[2] as string;
const build = ['build', '--path', 'proto/ocpp_gw', '--output', '-'];
const descriptors = execFileSync('buf', build).toString('base64');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `/** A google.protobuf.FileDescriptorSet. */\nexport const DESCRIPTORS = '${descriptors}';\n`);
