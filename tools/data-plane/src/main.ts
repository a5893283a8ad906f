import { runCommandLine } from './command-line.ts';

// kafkajs computes a timer from an unset deadline on every connection: Node warns, and nothing is wrong.
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  if (warning.name !== 'TimeoutNegativeWarning') process.stderr.write(`${warning.stack ?? warning.message}\n`);
});

// Whoever reads the progress may stop reading (`| head`): the engines are to be started all the same.
process.stdout.on('error', () => undefined);

process.exitCode = await runCommandLine(process.argv, process.env, (text) => void process.stdout.write(`${text}\n`));
