/** Which terminals follow links, and when none is written whatever the terminal. */

import { describe, expect, it } from 'vitest';
import { followsLinks } from './hyperlinks.ts';
import { type ColorChoice, type Io, styleFor } from './io.ts';

it.each<[string, Readonly<Record<string, string>>, boolean]>([
  ['one that says nothing', {}, false],
  ['xterm', { TERM: 'xterm-256color' }, false],
  ['Windows Terminal', { WT_SESSION: 'b6b4' }, true],
  ['iTerm 3.0', { TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.0.15' }, false],
  ['iTerm 3.1', { TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.1.0' }, true],
  ['iTerm 4', { TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '4.0' }, true],
  ['an old WezTerm', { TERM_PROGRAM: 'WezTerm', TERM_PROGRAM_VERSION: '20200608-110940' }, false],
  ['WezTerm', { TERM_PROGRAM: 'WezTerm', TERM_PROGRAM_VERSION: '20240203-110809' }, true],
  ['Visual Studio Code', { TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.72.0' }, true],
  ['an old Visual Studio Code', { TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.71.2' }, false],
  ['Ghostty', { TERM_PROGRAM: 'ghostty' }, true],
  ['Terminal of macOS', { TERM_PROGRAM: 'Apple_Terminal', TERM_PROGRAM_VERSION: '447' }, false],
  ['GNOME Terminal', { VTE_VERSION: '7603' }, true],
  ['an old GNOME Terminal', { VTE_VERSION: '4205' }, false],
  ['the one that crashes', { VTE_VERSION: '0.50.0' }, false],
  ['Alacritty', { TERM: 'alacritty' }, true],
  ['a log of CI', { CI: 'true', VTE_VERSION: '7603' }, false],
  ['forced', { FORCE_HYPERLINK: '1' }, true],
  ['forbidden', { FORCE_HYPERLINK: '0', WT_SESSION: 'b6b4' }, false],
])('%s', (_, env, follows) => {
  expect(followsLinks(env)).toBe(follows);
});

describe('no link is written', () => {
  const links = (isTerminal: boolean, color: ColorChoice, env: Io['env'] = {}): boolean | undefined => {
    const output = { write: () => {}, isTerminal, width: 80 };
    const io: Io = {
      stdout: output,
      stderr: output,
      env: { FORCE_HYPERLINK: '1', ...env },
      cwd: '/',
      ask: null,
      interrupted: new AbortController().signal,
    };
    return styleFor(output, io, { color, verbose: false }).links;
  };

  it.each([
    ['where it is no terminal', links(false, 'always')],
    ['where colour is not wanted', links(true, 'never')],
    ['where NO_COLOR is set', links(true, 'auto', { NO_COLOR: '1' })],
    ['where the terminal is dumb', links(true, 'auto', { TERM: 'dumb' })],
  ])('%s', (_, written) => expect(written).toBe(false));

  it('but on a terminal that follows it', () => expect(links(true, 'auto')).toBe(true));
});
