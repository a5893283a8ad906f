import { fork } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { ProcessWatch } from './processes.ts';

describe(ProcessWatch.name, () => {
  it('reads CPU and memory, and counts a process that is watched by itself only there', async () => {
    const script =
      'const held = Buffer.alloc(200 * 1024 * 1024, 1); process.on("message", () => held); process.send(held.length)';
    const child = fork('--eval', [script], { execArgv: [] });
    try {
      await once(child, 'message');
      const together = new ProcessWatch(() => ({ here: process.pid }));
      const apart = new ProcessWatch(() => ({ here: process.pid, child: child.pid ?? 0, gone: 0 }));
      await together.read();
      await apart.read();
      const [all, own] = [together.samples[0]?.of['here'], apart.samples[0]?.of];
      expect(own?.['child']?.bytes).toBeGreaterThan(200 * 1024 * 1024);
      expect((all?.bytes ?? 0) - (own?.['here']?.bytes ?? 0)).toBeGreaterThan(150 * 1024 * 1024);
      expect(own?.['here']?.cpuSeconds).toBeGreaterThan(0);
      expect(own?.['gone']).toEqual({ pid: 0, cpuSeconds: 0, bytes: 0 });
    } finally {
      child.kill();
    }
  });
});
