/** What one check has found, in words. */
export interface Finding {
  call: string;
  outcome: 'ok' | 'wrong' | 'skipped';
  text: string;
}

export const ok = (call: string, text: string): Finding => ({ call, outcome: 'ok', text });
export const wrong = (call: string, text: string): Finding => ({ call, outcome: 'wrong', text });
export const skipped = (call: string, text: string): Finding => ({ call, outcome: 'skipped', text });
