/** `mailboxctl completion`: prints the script by which a shell completes verbs, options and names of the project. */

import { Argument, type Command } from 'commander';
import { SCRIPTS, SHELLS, type Shell } from './completion/completion-scripts.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { examples } from './options.ts';
import type { RegisterArgument } from './register.ts';

const INSTALLING = `
To install it, write what it prints to:
  bash  mailboxctl in
        ~/.local/share/bash-completion/completions
  zsh   _mailboxctl in one of $fpath
  fish  mailboxctl.fish in
        ~/.config/fish/completions

For this session, in bash and zsh (after
compinit), and in fish:
  source <(mailboxctl completion bash)
  mailboxctl completion fish | source
`;

export function completionCommand(command: Command, register: RegisterArgument): void {
  command
    .description(
      'Prints a script that makes a shell complete verbs, options, their values, and the environments and addresses of the project.',
    )
    .addArgument(new Argument('<shell>', 'which').choices([...SHELLS]))
    .addHelpText('after', `${INSTALLING}${examples('mailboxctl completion bash')}`)
    .action(
      register(async (io: Io, shell: Shell): Promise<ExitCode> => {
        io.stdout.write(SCRIPTS[shell]);
        return EXIT.ok;
      }),
    );
}
