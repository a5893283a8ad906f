// For an orchestrator that can only run a command in the container, such as compose. Exit code 0: the service is ready.
const port = process.env.EVEYS_OCPP_METRICS_PORT || '9100';
const url = `http://127.0.0.1:${port}/api/v1/ready`;
try {
  const answer = await fetch(url, { signal: AbortSignal.timeout(3000) });
  console.log(`${url}: ${answer.status}`);
  process.exitCode = answer.ok ? 0 : 1;
} catch (error) {
  console.log(`${url}: ${error.cause?.message ?? error.message}`);
  process.exitCode = 1;
}
