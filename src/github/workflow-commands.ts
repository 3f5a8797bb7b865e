/** Annotations as workflow commands write them: `::error file=a.yaml,line=3,col=5,title=T::message`. */

export type AnnotationLevel = 'error' | 'warning' | 'notice';

export interface FileAnnotation {
  readonly level: AnnotationLevel;
  readonly file: string;
  readonly line: number;
  readonly column: number | null;
  readonly title: string;
  readonly message: string;
}

/** Those that stand at a line of a file; everything else of a log is passed over. */
export function parseWorkflowCommands(log: string): readonly FileAnnotation[] {
  return log.split('\n').flatMap((line) => {
    const [, level = '', properties = '', message = ''] =
      /^::(error|warning|notice) ([^:]*)::(.*)$/u.exec(line.trimEnd()) ?? [];
    const { file, line: at, col, title = '' } = propertiesOf(properties);
    if (file === undefined || at === undefined) return [];
    return [
      {
        level: level as AnnotationLevel,
        file,
        line: Number(at),
        column: col === undefined ? null : Number(col),
        title,
        message: unescaped(message),
      },
    ];
  });
}

function propertiesOf(text: string): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    text.split(',').flatMap((pair) => {
      const at = pair.indexOf('=');
      return at < 1 ? [] : [[pair.slice(0, at), unescaped(pair.slice(at + 1))]];
    }),
  );
}

function unescaped(text: string): string {
  return text
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%');
}
