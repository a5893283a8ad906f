import type { DeadLetter, DeadLetters } from './dead-letter-topics.ts';

const ID = /^[A-Za-z0-9._-]+\.dlq@[0-9]{1,18}$/;

const USAGE = `Lists and replays the dead letters in Kafka, that is the messages that a consumer refused for good.

  list                      lists the dead letters that have not been replayed
  replay all                produces all of them again to the topics that they came from
  replay <topic>@<offset>   produces these again; they stay in the list
`;

/** Thrown when the arguments are not those of {@link USAGE}. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Runs one command on the dead-letter topics. @throws UsageError */
export async function deadLetterCommand(
  [command = 'list', ...ids]: readonly string[],
  letters: Pick<DeadLetters, 'each' | 'replay'>,
  print: (text: string) => void,
): Promise<void> {
  let seen = 0;
  if (command === 'list' && ids.length === 0) {
    await letters.each((letter) => {
      seen += 1;
      print(line(letter));
    });
    print(`dead-letter topics: ${seen} not replayed\n`);
    return;
  }
  const all = ids.length === 1 && ids[0] === 'all';
  if (command !== 'replay' || ids.length === 0 || !(all || ids.every((id) => ID.test(id)))) throw new UsageError(USAGE);
  const absent = new Set(all ? [] : ids);
  await letters.replay(all ? 'all' : new Set(ids), ({ id, origin }) => {
    absent.delete(id);
    if (origin) seen += 1;
    print(
      origin
        ? `  ${id} to ${origin.topic}\n`
        : `  ${id} cannot be replayed, because it does not name the topic that it came from\n`,
    );
  });
  print(`dead-letter topics: ${seen} replayed\n`);
  if (absent.size > 0) print(`not found, or already replayed: ${[...absent].join(' ')}\n`);
}

function line({ id, cpId, reason, origin, at, value }: DeadLetter): string {
  const from = origin ? `${origin.topic}/${origin.partition}@${origin.offset}` : 'an unknown place';
  return `  ${id}  ${cpId}  from ${from}  ${at.toISOString()}  ${value.length} bytes  ${reason}\n`;
}
