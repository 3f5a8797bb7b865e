/** Reads a Containerfile as its builders do: comments, lines that go on, instructions with flags, stages. */

export interface Instruction {
  readonly name: string;
  readonly flags: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface Stage {
  readonly image: string;
  readonly alias: string | null;
  readonly instructions: readonly Instruction[];
}

export function parseContainerfile(text: string): readonly Stage[] {
  const stages: { image: string; alias: string | null; instructions: Instruction[] }[] = [];
  for (const instruction of instructionsOf(text)) {
    if (instruction.name === 'FROM') {
      const [image = '', , alias = null] = instruction.text.split(/\s+/u);
      stages.push({ image, alias, instructions: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (stage === undefined) throw new Error(`${instruction.name} stands before the first FROM.`);
    stage.instructions.push(instruction);
  }
  return stages;
}

function instructionsOf(text: string): readonly Instruction[] {
  return text
    .split('\n')
    .filter((line) => !/^\s*(?:#|$)/u.test(line))
    .join('\n')
    .replaceAll(/\\\n/gu, ' ')
    .split('\n')
    .map(instructionOf);
}

function instructionOf(line: string): Instruction {
  const [, name, rest = ''] = /^([A-Za-z]+)\s+(.*)$/u.exec(line) ?? [];
  if (name === undefined) throw new Error(`This is no instruction: ${line}`);
  const [, flagged = '', text = ''] = /^((?:--\S+\s+)*)(.*)$/u.exec(rest) ?? [];
  const flags = [...flagged.matchAll(/--([\w-]+)=(\S+)/gu)].map(([, flag = '', value = '']) => [flag, value]);
  return { name: name.toUpperCase(), flags: Object.fromEntries(flags), text: text.trim() };
}
