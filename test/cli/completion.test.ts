/**
 * Completion as shells do it: what the program proposes, and what comes of it in real shells. Bash is asked without a
 * terminal; keys are pressed in each shell that is installed, at a terminal that zsh makes, where zsh is.
 */

import { execFile, spawnSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { buildProgram } from '../program.ts';
import { mailboxctl, project } from './command-line.ts';

const FILES = {
  'mailboxctl.yaml': `
version: 1
environments:
  production: { url: "https://contoso.crm4.dynamics.com", purpose: production, overlay: overlay.yaml }
  "a \\"test\\" of $HOME": { url: emulator }
  "star*": { url: emulator }
serverProfiles:
  - { name: Exchange Online, type: exchange-online }
mailboxes:
  - { user: alice@contoso.com, outgoing: none }
  - { user: bob@contoso.com, outgoing: none }
  - { queue: "Support & Sales", outgoing: none }
  - { queue: "It's * \\"wild\\" \`x\` $HOME \\\\ !", outgoing: none }
  - { queue: "a: b=c@d", outgoing: none }
  - { queue: 日本語 サポート, outgoing: none }
`,
  'overlay.yaml': 'mailboxes:\n  - { queue: In production, outgoing: none }\n',
};

const WILD = 'It\'s * "wild" `x` $HOME \\ !';
const WILD_PATTERN = 'It\'s \\* "wild" `x` $HOME \\ !';

/** Candidates without what is said about them; the first line is what sort they are. */
async function proposed(words: readonly string[], cwd: string): Promise<readonly string[]> {
  const { exitCode, stdout, stderr } = await mailboxctl(['complete', 'zsh', '--', ...words], { cwd });
  expect([exitCode, stderr]).toEqual([0, '']);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t')[0] ?? '');
}

const USERS = ['mailbox:user/alice@contoso.com', 'mailbox:user/bob@contoso.com'];

describe('proposed are', () => {
  it.each<[title: string, words: readonly string[], lines: readonly string[]]>([
    ['verbs', ['pl'], ['words', 'plan']],
    ['verbs to help with', ['help', 'dri'], ['words', 'drift']],
    ['options of the program', ['--v'], ['words', '--version']],
    ['options of the verb', ['plan', '--t'], ['words', '--target']],
    ['no option twice', ['plan', '--env', 'x', '--en'], ['words']],
    ['an option again that may be repeated', ['plan', '--target', 'x', '--tar'], ['words', '--target']],
    ['no options behind --', ['plan', '--', '--t'], ['folders']],
    ['choices', ['plan', '--color', ''], ['words', 'auto', 'always', 'never']],
    ['choices behind =', ['status', '--view=t'], ['words', '--view=test-and-enable-failed']],
    ['the forms that the verb has', ['doctor', '--format', ''], ['words', 'text', 'json']],
    ['guards that can be allowed', ['apply', '--allow', 'ma'], ['words', 'max-changes', 'mail-stops']],
    ['classes', ['drift', '--fail-on', 'h'], ['words', 'health']],
    ['further classes', ['drift', '--fail-on', 'health,m'], ['words', 'health,missing']],
    ['arguments', ['schema', 'sn'], ['words', 'snapshot']],
    ['shells', ['completion', ''], ['words', 'bash', 'zsh', 'fish']],
    ['environments', ['plan', '-e', 'pr'], ['words', 'production']],
    ['environments behind =', ['plan', '--env=pr'], ['words', '--env=production']],
    ['patterns of environments', ['environments', '--only', 's'], ['words', 'star\\*']],
    ['addresses', ['plan', '--retest', 'mailbox:user/'], ['words', ...USERS]],
    ['other words beside them', ['plan', '--retest', 'f'], ['words', 'failed']],
    [
      'patterns of addresses',
      ['plan', '--target', 'mailbox:queue/It'],
      ['words', `mailbox:queue/${WILD_PATTERN}`],
    ],
    ['addresses as they are', ['plan', '--rotate', 'mailbox:queue/It'], ['words', `mailbox:queue/${WILD}`]],
    [
      'those of an overlay',
      ['plan', '--target', 'mailbox:queue/In'],
      ['words', 'mailbox:queue/In production'],
    ],
    ['not those of another', ['plan', '--env', 'star*', '--target', 'mailbox:queue/In'], ['words']],
    ['files', ['apply', '--plan', ''], ['files']],
    ['files as arguments', ['report', 'a.json', ''], ['files']],
    ['folders', ['plan', ''], ['folders']],
    ['nothing behind the last argument', ['plan', '.', ''], ['words']],
    ['nothing of a verb that there is not', ['nothing', ''], ['words']],
    ['nothing of an option that there is not', ['plan', '--nothing='], ['words']],
  ])('%s', async (_, words, lines) => {
    expect(await proposed(words, await project(FILES))).toEqual(lines);
  });

  it('names of the project in the folder that is typed', async () => {
    const folder = await project(FILES);
    expect(await proposed(['plan', folder, '--env', 'p'], '/')).toEqual(['words', 'production']);
  });

  it('names of a project with mistakes', async () => {
    const folder = await project({ 'mailboxctl.yaml': `${FILES['mailboxctl.yaml']}\nunknown: 1\n` });
    expect(await proposed(['plan', '--env', 'p'], folder)).toEqual(['words', 'production']);
  });

  it('no names that nobody can type', async () => {
    const folder = await project({
      'mailboxctl.yaml': 'version: 1\nenvironments: { "a\\tb": { url: emulator }, ac: { url: emulator } }\n',
    });
    expect(await proposed(['plan', '--env', 'a'], folder)).toEqual(['words', 'ac']);
  });

  it('nothing, without a word, where there is no project or no YAML', async () => {
    expect(await proposed(['plan', '--env', ''], '/')).toEqual(['words']);
    expect(await proposed(['plan', '--env', ''], await project({ 'mailboxctl.yaml': '{{{' }))).toEqual([
      'words',
    ]);
  });

  it('every verb that the help shows', async () => {
    const { stdout } = await mailboxctl(['--help']);
    const verbs = [...(stdout.split('\nCommands:\n')[1] ?? '').matchAll(/^ {2}([a-z]+) /gmu)];
    expect(await proposed([''], '/')).toEqual(['words', ...verbs.map(([, name]) => name)]);
    expect(stdout).not.toMatch(/^ {2}complete /mu);
  });
});

const program = await buildProgram();
afterAll(() => program.remove());

/** A folder with the project, and a program that completes, and shows what it was given otherwise. */
async function place(): Promise<{ readonly folder: string; readonly env: NodeJS.ProcessEnv }> {
  const folder = await project({ ...FILES, 'a folder/x': '', 'saved plan.json': '' });
  const bin = join(folder, '.bin');
  await mkdir(bin);
  const stub = `#!/bin/sh
case "$1" in complete|completion) exec "${process.execPath}" "${program.path}" "$@" ;; esac
printf 'GIVEN'; printf '<%s>' "$@"; printf 'END\\n'
`;
  await writeFile(join(bin, 'mailboxctl'), stub);
  await chmod(join(bin, 'mailboxctl'), 0o755);
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    HOME: folder,
    LANG: 'C.UTF-8',
    TERM: 'xterm',
    HISTFILE: '/dev/null',
  };
  return { folder, env };
}

/** Calls the function as readline would: it sets these variables, and the second argument is what it replaces. */
const HARNESS = `
source <(mailboxctl completion bash)
compopt() { printf 'compopt %s\\n' "$*"; }
COMP_LINE=$1 COMP_POINT=\${#1} COMP_WORDS=($1) COMP_CWORD=0
_mailboxctl mailboxctl "$2" ''
(( \${#COMPREPLY[@]} )) && printf '%s\\n' "\${COMPREPLY[@]}"
true
`;

describe('bash', () => {
  it.each<[line: string, replaced: string, replies: string]>([
    ['mailboxctl pla', 'pla', 'plan\n'],
    ['mailboxctl plan --env=', '', 'production\na\\ \\"test\\"\\ of\\ \\$HOME\nstar\\*\n'],
    ['mailboxctl plan --target mailbox:user/', 'user/', 'user/alice@contoso.com\nuser/bob@contoso.com\n'],
    ['mailboxctl plan --target mailbox:user/bob@', '@', '@contoso.com\n'],
    ['mailboxctl plan --target "mailbox:queue/Sup', 'mailbox:queue/Sup', 'mailbox:queue/Support & Sales\n'],
    ['mailboxctl plan --target mailbox:queue/Sup', 'queue/Sup', 'queue/Support\\ \\&\\ Sales\n'],
    ['mailboxctl apply --plan ', '', 'compopt -o default\n'],
    ['mailboxctl plan ', '', 'compopt -o dirnames\n'],
    ['mailboxctl nothing ', '', ''],
  ])('%s', async (line, replaced, replies) => {
    const { folder, env } = await place();
    const args = ['--norc', '--noprofile', '-c', HARNESS, 'bash', line, replaced];
    const { stdout, stderr } = await promisify(execFile)('bash', args, { cwd: folder, env });
    expect([stdout, stderr]).toEqual([replies, '']);
  });
});

function isInstalled(shell: string): boolean {
  return spawnSync(shell, ['-c', 'true']).status === 0;
}

/** Starts a shell at a terminal of its own, types, and waits for what the program was given. */
const TYPIST = `
zmodload zsh/zpty
PS1='> '
case $1 in
  bash) zpty shell 'bash --norc --noprofile -i'; load='source <(mailboxctl completion bash)' ;;
  zsh) zpty shell 'zsh -f -i'; load='autoload -Uz compinit; compinit -u -D; source <(mailboxctl completion zsh)' ;;
  fish) zpty shell 'fish --no-config -i'; load='mailboxctl completion fish | source' ;;
esac
zpty -w shell "$load; echo LOAD''ED"
zpty -r shell seen $'*LOADED*\\n*'
shift
for keys; do
  zpty -w -n shell "mailboxctl $keys"$'\\n'
  zpty -r shell seen '*GIVEN*END*'
  print -r -- "$seen"
done
zpty -w shell exit
while zpty -r shell seen; do :; done
`;

const SHELLS = ['bash', 'zsh', 'fish'] as const;
const KEYS: readonly (readonly [keys: string, last: string])[] = [
  ['plan --env prod\t', 'production'],
  ['plan --env a\t', 'a "test" of $HOME'],
  ['plan --env star\t', 'star*'],
  ['plan --retest mailbox:user/ali\t', 'mailbox:user/alice@contoso.com'],
  ['plan --retest mailbox:user/bob@\t', 'mailbox:user/bob@contoso.com'],
  ['plan --target profile:\t', 'profile:Exchange Online'],
  ['plan --target=mailbox:queue/Sup\t', '--target=mailbox:queue/Support & Sales'],
  ['plan --target "mailbox:queue/Sup\t', 'mailbox:queue/Support & Sales'],
  ["plan --target 'mailbox:queue/Sup\t", 'mailbox:queue/Support & Sales'],
  ['plan --target mailbox:queue/Support\\ \t', 'mailbox:queue/Support & Sales'],
  ['plan --retest mailbox:queue/It\t', `mailbox:queue/${WILD}`],
  ['plan --target "mailbox:queue/It\t', `mailbox:queue/${WILD_PATTERN}`],
  ['plan --retest "mailbox:queue/a: b=c@\t', 'mailbox:queue/a: b=c@d'],
  ['plan --retest mailbox:queue/日\t', 'mailbox:queue/日本語 サポート'],
  ['drift --fail-on approval,con\t', 'approval,configuration'],
  ['apply --plan sav\t', 'saved plan.json'],
];

it.for(SHELLS)('keys in %s', async (shell, { skip }) => {
  const missing = ['zsh', shell].filter((needed) => !isInstalled(needed));
  skip(missing.length > 0, `not installed: ${missing.join(', ')}`);
  const { folder, env } = await place();
  const args = ['-f', '-c', TYPIST, 'zsh', shell, ...KEYS.map(([keys]) => keys)];
  const { stdout } = await promisify(execFile)('zsh', args, { cwd: folder, env });
  // What the program printed: the shell itself shows the line that was typed, never this word.
  const given = [...stdout.replaceAll('\r', '').matchAll(/GIVEN(.*)END/gu)].map(([, all = '']) => all);
  expect(given.map((all) => /<([^<]*)>$/u.exec(all)?.[1])).toEqual(KEYS.map(([, last]) => last));
});
