// Writes envoy.yaml with its '${VARIABLE:-default}'s filled in from the environment:
//   EDGE_PODS=edge-a:9443:9100,edge-b:9443:9100 node docker/envoy/render.mjs > /tmp/envoy.yaml
// or into the file that is named, where no shell is.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const template = readFileSync(resolve(import.meta.dirname, 'envoy.yaml'), 'utf8');

/** `host:port:metricsPort,…` as the items of a YAML list, which JSON objects are. */
function endpoints(pods) {
  const items = pods.split(',').map((pod) => {
    const [, address, port, metricsPort] = /^\s*([^\s:]+):(\d+):(\d+)\s*$/.exec(pod) ?? [];
    if (!address) throw new Error(`EDGE_PODS: "${pod}" is not host:port:metricsPort`);
    return JSON.stringify({
      endpoint: {
        address: { socket_address: { address, port_value: Number(port) } },
        health_check_config: { port_value: Number(metricsPort) },
      },
    });
  });
  return items.join(', ');
}

const valueOf = (name, preset) => process.env[name] || preset;

writeFileSync(
  process.argv[2] ?? process.stdout.fd,
  template
    .replace(/'\$\{(EDGE_PODS):-([^}]*)\}'/, (_, name, preset) => endpoints(valueOf(name, preset)))
    .replace(/\$\{([A-Z_]+):-([^}]*)\}/g, (_, name, preset) => valueOf(name, preset)),
);
