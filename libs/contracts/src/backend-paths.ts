/** The calls of the backend contract: docs/integration/backend.md. */
export const BACKEND_PATHS = {
  register: '/api/eveys/charge-points/register',
  authorize: '/api/eveys/authorize',
  dataTransfer: '/api/eveys/data-transfer',
  sessionOpen: '/api/eveys/sessions/open',
  sessionUpdate: '/api/eveys/sessions/update',
  sessionClose: '/api/eveys/sessions/close',
  sessionCost: '/api/eveys/sessions/cost',
  chargingNeeds: '/api/eveys/charging-needs',
  evCertificate: '/api/eveys/iso15118/ev-certificate',
} as const;
