/** The answer to a lookup that the handler asked for. Throws when the edge left it out: a fault of ours, so the charger retries. */
export function answered<Answer>(answer: Answer | null, lookup: string): Answer {
  if (answer === null) throw new Error(`lookup ${lookup} was asked for and not answered`);
  return answer;
}
