/** What a module of nothing but `export { … } from` statements exports, whether as source or as declarations. */

export interface ExportedNames {
  readonly values: readonly string[];
  readonly types: readonly string[];
}

/** Errors: an export that is not of that form. */
export function exportedNames(text: string): ExportedNames {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\/\/.*$/gmu, '');
  const statements = [...code.matchAll(/\bexport (type )?\{([^}]*)\} from '[^']*';/gu)];
  if (statements.length !== [...code.matchAll(/\bexport\b/gu)].length)
    throw new Error('There are exports of another form.');
  const names = statements.flatMap(([, type = '', list = '']) =>
    list
      .split(',')
      .map((name) => `${type}${name.trim()}`)
      .filter((name) => name.trim() !== type.trim()),
  );
  const exported = names.map((name) => name.replace(/^(type )?.* as /u, '$1'));
  return {
    values: exported.filter((name) => !name.startsWith('type ')).sort(),
    types: exported.flatMap((name) => (name.startsWith('type ') ? [name.slice('type '.length)] : [])).sort(),
  };
}
