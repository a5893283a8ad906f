import type { ReconnectLoop, RefusedHandshake } from '@ocpp-gw/contracts';
import type { Finding } from '@ocpp-gw/conversation';
import type { ChargePointRecord } from '@ocpp-gw/persistence';

/** What is known of a charge point that may not connect, or is not Accepted. */
export interface DiagnosisFacts {
  cpId: string;
  /** Null: it is not registered. */
  record: ChargePointRecord | null;
  /** Null: Redis is away. */
  online: boolean | null;
  /** The latest first. Null: Redis is away. */
  refused: readonly RefusedHandshake[] | null;
  loop: ReconnectLoop | null;
  /** Of the last day. Null: ClickHouse is away. */
  findings: readonly Finding[] | null;
  /** Frames that the findings are of. */
  messages: number;
  now: Date;
}

export interface Check {
  name: 'registration' | 'handshakes' | 'credentials' | 'connection' | 'boot' | 'reconnects' | 'conversation';
  /** unknown: what is needed to tell is away. */
  state: 'ok' | 'problem' | 'unknown';
  /** What was found. */
  says: string;
  /** What to do; null when there is nothing to do. */
  toDo: string | null;
}

export interface Diagnosis {
  /** The first problem, or that there is none. */
  summary: string;
  checks: Check[];
}

/** A refusal that is older says little about now. */
const RECENT_MS = 24 * 3_600_000;

/** Says in words why a charge point cannot connect, or is not Accepted. Pure. */
export function diagnose(facts: DiagnosisFacts): Diagnosis {
  const checks = [
    registration(facts),
    connection(facts),
    handshakes(facts),
    credentials(facts),
    reconnects(facts),
    boot(facts),
    conversation(facts),
  ].filter((check) => check !== null);
  const problem = checks.find(({ state }) => state === 'problem');
  const unknown = checks.find(({ state }) => state === 'unknown');
  const summary =
    problem?.says ??
    (unknown ? `No problem was found, but not all could be checked: ${unknown.says}` : 'No problem was found.');
  return { summary, checks };
}

const ok = (name: Check['name'], says: string): Check => ({ name, state: 'ok', says, toDo: null });
const problem = (name: Check['name'], says: string, toDo: string): Check => ({ name, state: 'problem', says, toDo });
const unknown = (name: Check['name'], says: string, toDo: string): Check => ({ name, state: 'unknown', says, toDo });

function registration({ cpId, record }: DiagnosisFacts): Check {
  if (!record)
    return problem(
      'registration',
      `No charge point is registered as ${cpId}.`,
      'Compare the identity with the end of the URL that is set in the charge point; register it with PUT /api/v1/charge-points/{cp_id}, or let unknown ones in with EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS.',
    );
  if (record.retiredAt)
    return problem(
      'registration',
      `It was retired on ${record.retiredAt.toISOString()}, so the gateway refuses it as an unknown one.`,
      'Restore it with POST /api/v1/charge-points/{cp_id}/restore.',
    );
  return ok('registration', `It is registered as ${record.cpId}.`);
}

function connection({ online, record, refused, now }: DiagnosisFacts): Check | null {
  if (online === null)
    return unknown(
      'connection',
      'Whether it is connected is not known, because Redis is away.',
      'Ask again when Redis is back.',
    );
  if (online) return ok('connection', 'It is connected now.');
  if (!record) return null;
  const seen = record.lastSeenAt;
  if (recent(refused, now).length > 0) return null;
  return problem(
    'connection',
    seen
      ? `It is not connected; it was seen last on ${seen.toISOString()}, and no handshake was refused in the last day.`
      : 'It has never been connected, and no handshake was refused in the last day: nothing of it reaches the gateway.',
    'Check the power, the network and the URL of the charge point: host, port, ws or wss, and the identity at its end.',
  );
}

function recent(refused: DiagnosisFacts['refused'], now: Date): readonly RefusedHandshake[] {
  return (refused ?? []).filter(({ at }) => now.getTime() - at <= RECENT_MS);
}

function handshakes({ refused, online, now }: DiagnosisFacts): Check {
  if (refused === null)
    return unknown(
      'handshakes',
      'Refused handshakes are not known, because Redis is away.',
      'Ask again when Redis is back.',
    );
  const [latest, ...others] = recent(refused, now);
  if (!latest) return ok('handshakes', 'No handshake was refused in the last day.');
  const times = others.length === 0 ? 'once' : `${others.length + 1} times`;
  const says = `The gateway refused its handshake ${times} in the last day, last on ${new Date(latest.at).toISOString()} from ${latest.source} with ${latest.status} ${latest.reason}: ${latest.detail}.`;
  return online
    ? ok('handshakes', `${says} It is connected since.`)
    : problem('handshakes', says, ADVICE[latest.reason] ?? 'Do what the answer says.');
}

/** What to do at the gateway; the answer itself says what to do at the charge point. */
const ADVICE: Readonly<Record<string, string>> = {
  unknown_charge_point:
    'Register it with PUT /api/v1/charge-points/{cp_id}, or correct the identity in the charge point.',
  wrong_credentials: 'Set one password in the charge point and with PATCH /api/v1/charge-points/{cp_id}.',
  missing_credentials: 'Set the password in the charge point, or security_profile 0 if it shall have none.',
  no_password_set: 'Set a password with PATCH /api/v1/charge-points/{cp_id}.',
  wrong_security_profile: 'Compare ws or wss and the security_profile of the charge point.',
  client_certificate_required: 'Install a client certificate in the charge point.',
  client_certificate_invalid: 'Install a client certificate of an issuer that the gateway trusts, with the right name.',
  unsupported_subprotocol: 'Set OCPP 1.6 (JSON) or 2.0.1 in the charge point.',
  no_subprotocol: 'Set OCPP 1.6 (JSON) or 2.0.1 in the charge point, or assume_ocpp16 if it can name none.',
  reconnects_too_often: 'Wait, and look at why its connections end.',
  too_many_failures: 'Wait a minute, and correct the password first.',
};

function credentials({ record }: DiagnosisFacts): Check | null {
  if (!record) return null;
  const { securityProfile, passwordHash, offeredPasswordHash } = record;
  if ((securityProfile === 1 || securityProfile === 2) && passwordHash === null)
    return problem(
      'credentials',
      `Its security profile is ${securityProfile}, and it has no password.`,
      'Set a password with PATCH /api/v1/charge-points/{cp_id}, or security_profile 0.',
    );
  if (offeredPasswordHash !== null)
    return ok('credentials', 'A new password was sent to it that it has not used yet; the one before is valid too.');
  return ok(
    'credentials',
    `Its security profile is ${securityProfile}${passwordHash === null ? '' : ', and it has a password'}.`,
  );
}

function reconnects({ loop }: DiagnosisFacts): Check {
  if (!loop) return ok('reconnects', 'It does not connect over and over.');
  const shared = loop.takeovers > 0 ? ` ${loop.takeovers} of them replaced a connection that was open.` : '';
  return problem(
    'reconnects',
    `It connects over and over: ${loop.connections} short connections in a row.${shared}`,
    loop.takeovers > loop.connections / 2
      ? `Look for a second charge point with the same identity: they connect from ${loop.sources.join(', ')}.`
      : 'Look at the reasons for which its connections end, in the log or in the table connections.',
  );
}

function boot({ record }: DiagnosisFacts): Check | null {
  if (!record) return null;
  switch (record.registrationStatus) {
    case 'Accepted':
      return ok('boot', 'Its latest BootNotification was Accepted.');
    case null:
      return problem(
        'boot',
        'It has never sent a BootNotification that the gateway could read.',
        'Restart the charge point; if it was connected, record it with PUT /api/v1/charge-points/{cp_id}/recording and look at its frames.',
      );
    case 'Pending':
    case 'Rejected':
      return problem(
        'boot',
        `Its latest BootNotification was answered ${record.registrationStatus}, so it may not charge.`,
        'Look at the answer of the backend to the call charge-points/register for this charge point.',
      );
  }
}

function conversation({ findings, messages }: DiagnosisFacts): Check {
  if (findings === null)
    return unknown(
      'conversation',
      'Its conversation is not known, because ClickHouse is away.',
      'Ask again when ClickHouse is back.',
    );
  if (messages === 0)
    return unknown(
      'conversation',
      'No frame of the last day is recorded.',
      'Record it with PUT /api/v1/charge-points/{cp_id}/recording, let it try again, and ask again.',
    );
  const [worst] = findings.filter(({ severity }) => severity !== 'info');
  if (!worst) return ok('conversation', `Nothing is wrong in the ${messages} frames of the last day.`);
  const [detail] = worst.details;
  return problem('conversation', `${worst.title}${detail === undefined ? '' : `: ${detail}`}.`, worst.firstCheck);
}
