import { TOKEN } from './gateway.ts';

/** Asks the gateway over REST. @throws Error when it is not answered 2xx */
export async function ask(method: string, url: string, body: object): Promise<void> {
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url} was answered ${answer.status}: ${text}`);
}
