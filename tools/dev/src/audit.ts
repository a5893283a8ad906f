import { spawnSync } from 'node:child_process';
import { ROOT } from '@ocpp-gw/rig/settings';

/** From this severity on an advisory fails the audit. */
const LEVEL = 'high';
const SEVERITIES = ['info', 'low', 'moderate', 'high', 'critical'];

interface Answer {
  /** Set when npm has no report, such as 405 of a registry that keeps no advisories. */
  message?: string;
  vulnerabilities?: Record<
    string,
    { severity: string; range: string; via: (string | { title: string; url: string })[] }
  >;
}

export interface Verdict {
  ok: boolean;
  lines: string[];
}

/** Asks the registry for advisories against the packages that the services are shipped with. */
export function audit(): boolean {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: ROOT, encoding: 'utf8' });
  const { ok, lines } = judge(stdout);
  for (const line of lines) console.log(line);
  return ok;
}

/** @param json what `npm audit --json` printed */
export function judge(json: string): Verdict {
  const answer = parse(json);
  if (!answer.vulnerabilities) {
    const why = answer.message ?? 'npm said nothing';
    return { ok: false, lines: [`The registry does not answer advisories, so nothing is known: ${why}`] };
  }
  const found = Object.entries(answer.vulnerabilities).sort(
    ([, a], [, b]) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity),
  );
  const lines = found.map(([name, { severity, range, via }]) => {
    const reasons = via.map((one) => (typeof one === 'string' ? `by ${one}` : `${one.title} (${one.url})`));
    return `${severity}: ${name} ${range}: ${reasons.join('; ')}`;
  });
  const grave = found.filter(([, { severity }]) => SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(LEVEL));
  return {
    ok: grave.length === 0,
    lines: [...lines, `${found.length} advisories, ${grave.length} of them ${LEVEL} or graver`],
  };
}

function parse(json: string): Answer {
  try {
    return JSON.parse(json) as Answer;
  } catch {
    return { message: json.trim().slice(0, 200) || 'npm said nothing' };
  }
}
