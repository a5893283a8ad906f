/** Whether the value of a variable is a secret, may hold one as URLs do, or is open to everybody who reads the deployment. */
export function secrecyOf(variable: string): 'secret' | 'url' | 'open' {
  if (/TOKEN|SECRET|PASSWORD|WEBHOOKS|_DSN|OTLP_HEADERS/.test(variable)) return 'secret';
  return /_(URL|ENDPOINT)$/.test(variable) ? 'url' : 'open';
}
