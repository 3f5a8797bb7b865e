/** The scripts that shells load. They hold no list of their own: everything is asked of the program. */

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * `$2` is what readline replaces, which is less than a word where that holds `:`, `=` or `@`. The bash of macOS (3.2)
 * has no `compopt`: there, file names are completed wherever nothing else is.
 */
const BASH = `# bash completion for mailboxctl

_mailboxctl() {
  local line kind='' program=mailboxctl
  type -P "\${1:-}" >/dev/null && program=$1
  COMPREPLY=()
  while IFS= read -r line; do
    if [ -z "$kind" ]; then kind=$line; else COMPREPLY+=("$line"); fi
  done < <("$program" complete bash -- "\${COMP_LINE:0:COMP_POINT}" "\${2-}" 2>/dev/null)
  case $kind in
    files) compopt -o default 2>/dev/null ;;
    folders) compopt -o dirnames 2>/dev/null ;;
  esac
  return 0
}

if type compopt >/dev/null 2>&1; then
  complete -F _mailboxctl mailboxctl
else
  complete -o default -F _mailboxctl mailboxctl
fi
`;

/** Works as a file \`_mailboxctl\` of $fpath, and sourced after compinit. */
const ZSH = `#compdef mailboxctl
# zsh completion for mailboxctl

_mailboxctl() {
  local -a lines values shown
  local line program="\${(Q)words[1]}"
  whence -p -- "$program" >/dev/null || program=mailboxctl
  lines=("\${(@f)$("$program" complete zsh -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}")
  case $lines[1] in
    files) _files; return ;;
    folders) _files -/; return ;;
  esac
  for line in "\${(@)lines[2,-1]}"; do
    values+=("\${line%%$'\\t'*}")
    if [[ $line == *$'\\t'* ]]; then shown+=("\${line/$'\\t'/  -- }"); else shown+=("$line"); fi
  done
  (( $#values )) || return 1
  if [[ "$shown" == "$values" ]]; then compadd -- "\${values[@]}"
  else compadd -l -d shown -- "\${values[@]}"; fi
}

if [[ $funcstack[1] == _mailboxctl ]]; then _mailboxctl "$@"; else compdef _mailboxctl mailboxctl; fi
`;

/** fish compares what it is given with what is typed, so it is asked for everything; only a lead such as \`--env=\` matters. */
const FISH = `# fish completion for mailboxctl

function __mailboxctl_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -l current (string unescape -- $typed; or string trim --left --chars '"\\'' -- $typed)
    set -l lines (mailboxctl complete fish -- $words[2..-1] "$current" 2>/dev/null)
    switch "$lines[1]"
        case files
            __fish_complete_path "$current"
        case folders
            __fish_complete_directories "$current" ''
        case '*'
            test (count $lines) -gt 1; and printf '%s\\n' $lines[2..-1]
    end
end

complete -c mailboxctl -f -a '(__mailboxctl_complete)'
`;

export const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
