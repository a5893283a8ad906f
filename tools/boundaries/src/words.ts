/** A word that public text must not use, and the word of docs/glossary.md that stands for it. */
interface PrivateWord {
  /** The forms of the word, in lower case. */
  forms: readonly string[];
  /** What to write instead. */
  instead: string;
}

/** The private words of this repository. Public text never uses them, and names in code lose them (docs/glossary.md). */
const PRIVATE_WORDS: readonly PrivateWord[] = [
  { forms: ['door', 'doors', 'doorkeeper'], instead: 'handshake, listener, or REST and gRPC' },
  { forms: ['desk', 'desks'], instead: 'the name of the command or of its executor' },
  { forms: ['books'], instead: 'records, or ledger' },
  { forms: ['lane', 'lanes'], instead: 'queue, or destination' },
  { forms: ['nudge', 'nudges', 'nudged'], instead: 'wake' },
  { forms: ['bury', 'buries', 'buried'], instead: 'dead letter' },
  { forms: ['patience'], instead: 'timeout' },
  { forms: ['wave', 'waves'], instead: 'batch' },
  { forms: ['told', 'tell', 'tells', 'tellings'], instead: 'reported, sent, published or known' },
];

/** Of those, what names of files and identifiers no longer hold. */
const OUT_OF_NAMES =
  /(?<![a-z])(doors?|doorkeeper|desks?|books|nudged?|patience|bury|waves?|(un)?told|tellings?)(?![a-z])/i;

/** Whether a name, in any letter case, is partly made of a private word. */
export function isPrivateName(name: string): boolean {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2');
  return OUT_OF_NAMES.test(words);
}

/** Beginnings of a text that is no sentence: what it is about is left to the reader to guess. */
const RIDDLES = /^(of |null: |\d+: )/i;

/** Somebody's word, as in "the station's own word": not a word in the literal sense. */
const SAYING = /\b(own|final|last|the) words? (on|of the (station|charge point|charger|operator|backend))\b/i;

/** @returns what is wrong with a text that users read, one line for each fault */
export function publicTextFaults(text: string): string[] {
  const faults = PRIVATE_WORDS.flatMap(({ forms, instead }) =>
    forms.filter((form) => new RegExp(`\\b${form}\\b`, 'i').test(text)).map((form) => `"${form}": say ${instead}`),
  );
  const riddle = RIDDLES.exec(text)?.[0];
  if (riddle !== undefined) faults.push(`begins with "${riddle}": say what it is, in a full sentence`);
  const saying = SAYING.exec(text)?.[0];
  if (saying !== undefined) faults.push(`"${saying}": say answer, or decision`);
  return faults;
}
