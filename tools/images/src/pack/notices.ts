export interface Notice {
  name: string;
  version: string;
  license: string;
  homepage?: string;
  /** Texts of the licence and notice files, as the package has them. */
  texts: readonly string[];
}

const RULE = '='.repeat(100);

/** THIRD-PARTY-NOTICES: every package in the image that is not ours, with the texts that its licence asks to keep. */
export function renderNotices(app: string, notices: readonly Notice[]): string {
  const head = `The image of ${app} contains ${notices.length} works of others. Each stands below with its licence.\n`;
  const parts = notices.map(({ name, version, license, homepage, texts }) => {
    const body = texts.length > 0 ? texts.map((text) => text.trim()) : ['The package has no file with its licence.'];
    return [RULE, `${name} ${version}`, license, ...(homepage ? [homepage] : []), RULE, '', body.join('\n\n')].join(
      '\n',
    );
  });
  return `${[head, ...parts].join('\n')}\n`;
}
