import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { OUTSIDE, pythonVenv } from './python-venv.ts';

const VENV = pythonVenv('outside-charger', 'requirements.txt');

/** Installs the PyPI packages once into a virtual environment of their own. */
export async function installOutsideCharger(): Promise<void> {
  await VENV.install();
}

export interface Step extends Record<string, unknown> {
  step: string;
}

/** A charger that shares no code with us, run as its own process. */
export class OutsideCharger {
  private readonly child: ChildProcess;
  private readonly steps: Step[] = [];
  private readonly waiting: (() => void)[] = [];
  private errors = '';
  private exitCode: number | null = null;

  /** `script` is a file of outside/, `args` what it takes after URL and identity. */
  constructor(script: string, url: string, cpId: string, ...args: string[]) {
    this.child = spawn(resolve(VENV.bin, 'python'), [resolve(OUTSIDE, script), url, cpId, ...args]);
    if (!this.child.stdout) throw new Error('no stdout');
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      this.steps.push(JSON.parse(line) as Step);
      this.wake();
    });
    this.child.stderr?.on('data', (chunk) => (this.errors += String(chunk)));
    this.child.on('exit', (code) => {
      this.exitCode = code ?? -1;
      this.wake();
    });
  }

  /** The step's first occurrence, or a later one. @throws when the charger ends before it has come so far. */
  async reached(name: string, occurrence = 1): Promise<Step> {
    for (;;) {
      const found = this.steps.filter((one) => one.step === name)[occurrence - 1];
      if (found) return found;
      if (this.exitCode !== null) throw new Error(`the charger ended before "${name}": ${this.errors.slice(-2000)}`);
      await new Promise<void>((resume) => this.waiting.push(resume));
    }
  }

  async exit(): Promise<number> {
    while (this.exitCode === null) await new Promise<void>((resume) => this.waiting.push(resume));
    return this.exitCode;
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  private wake(): void {
    for (const resume of this.waiting.splice(0)) resume();
  }
}

/** A webhook as it was received, with a secret to verify it. */
export interface SignedMessage {
  secret: string;
  body: string;
  headers: Record<string, string>;
}

/** What the `standardwebhooks` of PyPI says of each. */
export function verifiedOutside(
  messages: readonly SignedMessage[],
): Promise<({ verified: string } | { refused: string })[]> {
  return new Promise((done, failed) => {
    const script = resolve(OUTSIDE, 'verify_webhook.py');
    const child = execFile(resolve(VENV.bin, 'python'), [script], (error, stdout) => {
      if (error) failed(error);
      else done(JSON.parse(stdout) as Awaited<ReturnType<typeof verifiedOutside>>);
    });
    child.stdin?.end(JSON.stringify(messages));
  });
}
