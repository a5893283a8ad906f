import { parseArgs } from 'node:util';
import { checkBackend, reportOf } from './check.ts';

const HELP = `Runs the backend contract (docs/integration/backend.md) against your backend, and says what is wrong in it.

Usage: make backend-check BASE_URL=http://localhost:9200 TOKEN=dev-token [OPTIONAL=cost,charging-needs]

It sends good requests of a charge point BACKEND-CHECK to each call, repeats them, sends wrong tokens, and corrects sessions.
OPTIONAL names the optional calls that must be there, as in EVEYS_OCPP_BACKEND_OPTIONAL_CALLS.
`;

const { values } = parseArgs({
  options: {
    'base-url': { type: 'string' },
    token: { type: 'string', default: '' },
    optional: { type: 'string', default: '' },
    help: { type: 'boolean', short: 'h' },
  },
});
const baseUrl = values['base-url'];
if (values.help || !baseUrl || !URL.canParse(baseUrl)) {
  process.stdout.write(HELP);
  process.exitCode = values.help ? 0 : 2;
} else {
  const optional = values.optional.split(',').filter((name) => name !== '');
  const findings = await checkBackend({ baseUrl, token: values.token, optional });
  process.stdout.write(reportOf(findings));
  process.exitCode = findings.some(({ outcome }) => outcome === 'wrong') ? 1 : 0;
}
