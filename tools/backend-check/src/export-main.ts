import { exportContract } from './export.ts';

const check = process.argv.includes('--check');
const stale = await exportContract({ check });
for (const file of stale) process.stdout.write(`${file} ${check ? 'is not what the code declares' : 'written'}\n`);
if (check && stale.length > 0) {
  process.stderr.write('run `make backend-export`\n');
  process.exitCode = 1;
}
