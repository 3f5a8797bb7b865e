/** `mailboxctl emulator`: serves the embedded Dataverse on this machine, for scripts and other clients. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { serveEmbedded } from '../wire.ts';
import { CommandError, EXIT, type ExitCode } from './exit-codes.ts';
import { fileProblem, pathOf } from './files.ts';
import type { Io } from './io.ts';
import { examples, positiveInteger } from './options.ts';
import type { Register } from './register.ts';

interface EmulatorOptions {
  readonly port: number;
  readonly data?: string;
  readonly generate?: Readonly<Record<'users' | 'queues' | 'seed', number>>;
  readonly latency?: number;
  readonly operationTime?: number;
  readonly operationSpread?: number;
  readonly workers?: number;
  readonly hint?: number;
  readonly https?: boolean;
  readonly clockSpeed: number;
}

export function emulatorCommand(command: Command, register: Register): void {
  command
    .description(
      'Serves the embedded Dataverse over HTTP or HTTPS on 127.0.0.1, until it is interrupted. The first line on stdout is its address.',
    )
    .option('--port <n>', 'port; 0 takes a free one', port, 0)
    .addOption(new Option('--data <file>', 'organization file').conflicts('generate'))
    .addOption(
      new Option('--generate <spec>', 'made-up organization: users=N,queues=N,seed=N').argParser(generation),
    )
    .option('--latency <ms>', 'round trip of a request, in real time', positiveInteger)
    .option('--operation-time <ms>', 'mean work of an operation, in real time', positiveInteger)
    .option('--operation-spread <share>', 'how far the work of an operation may differ: 0.25', share)
    .option('--workers <n>', 'requests that are worked on at once; default 4', positiveInteger)
    .option('--hint <n>', 'parallelism that it recommends (x-ms-dop-hint); default 4', positiveInteger)
    .option('--https', 'serve HTTPS; the file of the certificate to trust is named on stderr')
    .option('--clock-speed <n>', 'virtual seconds in a real one', positiveInteger, 1)
    .addHelpText(
      'after',
      examples(
        'mailboxctl emulator --data organization.yaml',
        'mailboxctl emulator --generate users=2000,queues=50,seed=7 --clock-speed 60',
        'mailboxctl emulator --latency 50 --operation-time 20 --operation-spread 0.25 --workers 8',
      ),
    )
    .action(register(runEmulator));
}

async function runEmulator(io: Io, options: EmulatorOptions): Promise<ExitCode> {
  const data = options.data === undefined ? {} : { data: pathOf(io, options.data) };
  const served = await serveEmbedded({ ...options, ...data }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      const what = `The emulator did not start: another program listens on port ${options.port}`;
      throw new CommandError(EXIT.error, what, 'Name another port, or none: then a free one is taken.');
    }
    const problem = options.data === undefined ? null : fileProblem(error, options.data, 'read');
    if (problem !== null) {
      const what = `--data ${options.data} cannot be read: ${problem.what}`;
      throw new CommandError(EXIT.error, what, problem.wayOut);
    }
    const message = error instanceof Error ? error.message : String(error);
    throw new CommandError(EXIT.error, `The emulator did not start: ${message}`);
  });
  io.stdout.write(`listening on ${served.url}\n`);
  if (served.certificate !== null)
    io.stderr.write(`certificate to trust (NODE_EXTRA_CA_CERTS): ${served.certificate}\n`);
  await new Promise<void>((resolve) => {
    if (io.interrupted.aborted) resolve();
    else io.interrupted.addEventListener('abort', () => resolve(), { once: true });
  });
  await served.close();
  return EXIT.ok;
}

function port(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || number > 65535)
    throw new InvalidArgumentError('Give a port, 0 to 65535.');
  return number;
}

function share(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !(number >= 0 && number <= 1))
    throw new InvalidArgumentError('Give a share, 0 to 1.');
  return number;
}

function generation(value: string): Record<'users' | 'queues' | 'seed', number> {
  const spec = { users: 100, queues: 10, seed: 1 };
  for (const part of value.split(',')) {
    const [key, number] = part.split('=');
    const known = (['users', 'queues', 'seed'] as const).find((name) => name === key?.trim());
    if (known === undefined || !/^\d+$/u.test(number ?? '')) {
      throw new InvalidArgumentError('Give users=N,queues=N,seed=N.');
    }
    spec[known] = Number(number);
  }
  return spec;
}
