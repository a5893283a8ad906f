export const SEVERITIES = ['critical', 'warning', 'info'] as const;

/** critical: sessions, money or the connection are at stake; warning: something does not work as it should; info: worth knowing. */
export type Severity = (typeof SEVERITIES)[number];

interface Kind {
  severity: Severity;
  title: string;
  /** What was found, and how it is recognised. */
  meaning: string;
  /** What to check first. */
  firstCheck: string;
}

const kind = (severity: Severity, title: string, meaning: string, firstCheck: string): Kind => ({
  severity,
  title,
  meaning,
  firstCheck,
});

/** What can be found in a conversation. docs/findings.md has the same texts. */
export const FINDING_KINDS = {
  'handshakes-refused': kind(
    'critical',
    'Handshakes were refused',
    'The charge point tried to connect, and the gateway refused the handshake.',
    'Look up the reason in docs/12-connecting-real-charger.md: it names the password, the URL, the subprotocol or the security profile that does not fit.',
  ),
  'registration-not-accepted': kind(
    'critical',
    'The registration is not accepted',
    'BootNotification was answered Pending or Rejected, and no boot after it was Accepted.',
    'Look at the answer of the backend to the register call for this charge point.',
  ),
  'reconnect-loop': kind(
    'critical',
    'The charge point reconnects again and again',
    'Five or more connections began within ten minutes.',
    'Compare the close codes and reasons of the connections; if the charge point closes them itself, check its network and its ping settings.',
  ),
  'repeated-boots': kind(
    'warning',
    'The charge point boots again and again',
    'Three or more boots were accepted within 15 minutes, and no reset or firmware update of ours explains them.',
    'Ask on site whether the power is stable, and read the reason of the boots and the log of the charge point.',
  ),
  'offline-during-session': kind(
    'critical',
    'The charge point was offline during a session',
    'The connection was away for more than a minute while a session ran, the session never ended, or its messages are marked as sent later.',
    'Check the network of the charge point at that time, and whether the end of the session has arrived since.',
  ),
  'heartbeat-missing': kind(
    'warning',
    'Heartbeats are missing',
    'Nothing at all came from a connected charge point for three heartbeat intervals, or for two after its boot.',
    'Check whether the charge point took the interval of the boot answer, and whether its connection was half open.',
  ),
  'heartbeat-off-interval': kind(
    'info',
    'Heartbeats are off their interval',
    'Heartbeats come more than half as long again apart as agreed although nothing else was sent, or again and again in less than half the time.',
    'Read HeartbeatInterval from the charge point and compare it with the interval of the boot answer.',
  ),
  'clock-skew': kind(
    'warning',
    'The clock of the charge point is wrong',
    'Its times are ahead by more than a minute, all of them are more than five minutes behind, or they cannot be right at all.',
    'Check whether the charge point takes the time of the boot and heartbeat answers, and its NTP server and time zone.',
  ),
  'silent-charger': kind(
    'critical',
    'The charge point does not answer',
    'A CALL of the gateway got no answer within 30 seconds, although the connection stayed open.',
    'Send a command that every charge point knows, such as a TriggerMessage for a heartbeat; if that fails too, reset the charge point.',
  ),
  'charger-answers-errors': kind(
    'warning',
    'The charge point answers with errors',
    'A CALL of the gateway was answered with a CALLERROR.',
    'Check by the error code whether the firmware supports the action, and whether the payload keeps its limits.',
  ),
  'silent-csms': kind(
    'critical',
    'The gateway did not answer',
    'A CALL of the charge point got no answer, although the connection stayed open or a later CALL was answered.',
    'Look for the message id in the log of the gateway, and for errors of Postgres and the backend at that time.',
  ),
  'calls-refused': kind(
    'warning',
    'The gateway refused messages',
    'A CALL of the charge point was answered with a CALLERROR.',
    'Read the description in the CALLERROR: it names the field that does not fit, or the dependency that was away.',
  ),
  'slow-answers': kind(
    'warning',
    'Answers are slow',
    'An answer took more than ten seconds, in either direction.',
    'See which side is slow: for the gateway look at the latency of the backend and Postgres, for the charge point at its network.',
  ),
  'unreadable-frames': kind(
    'warning',
    'Frames cannot be read',
    'The charge point sent frames that are no OCPP message.',
    'Read the raw text of the frames, and report it to the vendor of the firmware.',
  ),
  'field-rules-met': kind(
    'info',
    'The charge point deviates from the specification',
    'The gateway read messages by field rules, because they do not follow the specification.',
    'Look up what the rule makes of it in docs/12-connecting-real-charger.md, and whether a newer firmware does better.',
  ),
  'failed-authorization': kind(
    'warning',
    'Id tokens are refused',
    'An authorization, or the start of a session, was answered with a status other than Accepted.',
    'Check the status of the id token in the backend, and that the charge point reads it in the spelling that the backend knows.',
  ),
  'unexpected-start': kind(
    'warning',
    'A session started unexpectedly',
    'A session started for an id token that was refused, on an EVSE where another session runs, or without any boot or authorization before it.',
    'Check the settings for offline and local authorization, and whether the charge point lost the end of the session before.',
  ),
  'connector-fault': kind(
    'critical',
    'A connector is faulted',
    'The charge point reported Faulted for itself or a connector, or a problem of a component.',
    'Look at the error code and the vendor error code of the status; faults of lock, ground and power need somebody on site.',
  ),
  'forbidden-status-transition': kind(
    'warning',
    'A status does not follow from the one before',
    'A connector went from one status to another that the specification has no transition for.',
    'Check whether statuses in between were lost while the charge point was offline; if not, report it to its vendor.',
  ),
  'invalid-stop-reason': kind(
    'info',
    'The reason of an end is not of the specification',
    'A session ended with a reason that the OCPP version does not have.',
    'Ask the vendor what the reason means; reports that count by reason show it as it was sent.',
  ),
  'suspicious-duration': kind(
    'warning',
    'A session is suspiciously short or long',
    'A session took less than a minute or more than 24 hours.',
    'For a short one look at its stop reason and the cable; for a long one check whether the vehicle is still there or the end was lost.',
  ),
  'meter-gap': kind(
    'warning',
    'Meter readings are missing',
    'A session has a pause between readings of more than 20 minutes, or of five times its usual pause.',
    'Read the sampling interval and the measurands for meter values from the settings of the charge point.',
  ),
  'meter-anomaly': kind(
    'warning',
    'Meter readings cannot be right',
    'A register is negative, is no number, or rises by more than can have been charged.',
    'Compare the raw readings with the display of the meter, and their unit with the settings of the charge point.',
  ),
  'falling-register': kind(
    'warning',
    'An energy register falls',
    'An energy register is lower than it was before in the same session.',
    'Check whether the meter was reset or exchanged, or counts by session; the bill of the session may be unknown.',
  ),
  'session-corrected': kind(
    'warning',
    'A session was corrected',
    'Something about a session changed after it had ended.',
    'Compare the revisions of the session: a true end that came late replaces an inferred one.',
  ),
  'session-unassigned': kind(
    'critical',
    'The end of a session is unassigned',
    'A stop fits no session, or several, so its energy is in no bill.',
    'Look for the running session that it belongs to, and assign it by POST …/transactions/{id}/assign.',
  ),
  'diagnostics-failure': kind(
    'warning',
    'The upload of diagnostics or a log failed',
    'The charge point reported that an upload failed, or refused it.',
    'Check that the charge point reaches the upload URL, and that its user may write there.',
  ),
  'firmware-failure': kind(
    'critical',
    'A firmware update failed',
    'The charge point reported that download, check or installation of a firmware failed, or refused the update.',
    'Check that the charge point reaches the download URL, and that the image and its signature are meant for this model.',
  ),
} as const satisfies Record<string, Kind>;

/** A kebab-case id of {@link FINDING_KINDS}. */
export type FindingKind = keyof typeof FINDING_KINDS;
