/**
 * Whether a terminal follows links in text (OSC 8). Nobody can ask it, so it is told by its name, as the package
 * supports-hyperlinks does; one that is not known shows plain text, since some print the address as garbage.
 */

type Env = Readonly<Record<string, string | undefined>>;

interface Version {
  readonly major: number;
  readonly minor: number;
}

/** `FORCE_HYPERLINK` wins: 0 for never, anything else for always. */
export function followsLinks(env: Env): boolean {
  const { FORCE_HYPERLINK: forced, WT_SESSION: windowsTerminal, CI: ci, TEAMCITY_VERSION: teamcity } = env;
  if (forced !== undefined && forced !== '') return Number.parseInt(forced, 10) !== 0;
  if (windowsTerminal !== undefined) return true;
  if (ci || teamcity) return false;
  return byProgram(env) ?? byVte(env.VTE_VERSION) ?? env.TERM === 'alacritty';
}

/** `null`: it says nothing about itself. */
function byProgram({ TERM_PROGRAM: program, TERM_PROGRAM_VERSION: version }: Env): boolean | null {
  const { major, minor } = versionOf(version ?? '');
  switch (program) {
    case 'iTerm.app':
      return major > 3 || (major === 3 && minor >= 1);
    case 'WezTerm':
      return major >= 20200620;
    case 'vscode':
      return major > 1 || (major === 1 && minor >= 72);
    case 'ghostty':
      return true;
    default:
      return null;
  }
}

/** Terminals of GNOME and others say `5202` for 0.52.2; 0.50.0 crashes on links. */
function byVte(version: string | undefined): boolean | null {
  if (version === undefined || version === '') return null;
  const { major, minor } = /^\d{3,4}$/u.test(version)
    ? { major: 0, minor: Number(version.slice(0, -2)) }
    : versionOf(version);
  return version !== '0.50.0' && version !== '5000' && (major > 0 || minor >= 50);
}

function versionOf(text: string): Version {
  const [major = 0, minor = 0] = text.split('.').map((part) => Number.parseInt(part, 10) || 0);
  return { major, minor };
}
