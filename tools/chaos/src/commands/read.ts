import { saying, type KeptCommand } from './facts.ts';

interface Shown {
  command_id: string;
  state: string;
  request: { data?: string };
  answer: { status?: unknown; data?: unknown } | null;
  problem: { type: string } | null;
}

interface Page {
  items: Shown[];
  next_cursor: string | null;
}

/** All commands of the gateway, page by page. */
export async function readCommands(rest: string, token: string): Promise<KeptCommand[]> {
  const kept: KeptCommand[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const answer = await fetch(`${rest}/commands?limit=500&command=data-transfer${cursor && `&cursor=${cursor}`}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!answer.ok) throw new Error(`the commands cannot be read: ${answer.status}`);
    const page = (await answer.json()) as Page;
    kept.push(...page.items.map(keptCommand));
    cursor = page.next_cursor;
  }
  return kept;
}

function keptCommand({ command_id: commandId, state, request, answer, problem }: Shown): KeptCommand {
  return {
    commandId,
    marker: String(request.data),
    state,
    ...(answer && { says: saying(answer) }),
    ...(problem && { problem: problem.type.split(':').at(-1) ?? '' }),
  };
}
