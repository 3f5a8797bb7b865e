/**
 * `npm run bench`: what the product costs and how fast it is, beside its aims. Sections by name run alone
 * (`npm run bench -- grid clients`); `--quick` takes small numbers, `--full` the whole grid, `--cells` prints it, `--json FILE`
 * keeps everything. Asserts nothing: machines differ, which is why most figures are ratios.
 */

import { writeFile } from 'node:fs/promises';
import { arch, availableParallelism, platform } from 'node:os';
import { parseArgs } from 'node:util';
import { buildProgram, type Program } from '../program.ts';
import { CLIENTS } from './clients.ts';
import { ENVIRONMENTS } from './environments.ts';
import { GRID } from './grid.ts';
import { PLANS } from './plans.ts';
import { REAL_TIME } from './real-time.ts';
import { type Findings, type Options, type Section, sectionText, verdictOf } from './report.ts';
import { START_UP } from './start-up.ts';
import { YAML } from './yaml.ts';

const SECTIONS: readonly Section[] = [GRID, REAL_TIME, CLIENTS, PLANS, YAML, ENVIRONMENTS, START_UP];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    cells: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const unknown = positionals.find((name) => SECTIONS.every((section) => section.name !== name));
if (unknown !== undefined)
  throw new Error(`"${unknown}" is no section; use ${SECTIONS.map(({ name }) => name).join(', ')}`);

let built: Promise<Program> | undefined;
const options: Options = {
  quick: values.quick,
  full: values.full,
  cells: values.cells,
  program: async () => {
    built ??= buildProgram();
    return (await built).path;
  },
};

interface Done {
  readonly section: Section;
  readonly seconds: number;
  readonly findings: Findings;
}

async function run(section: Section): Promise<Done> {
  const started = performance.now();
  const findings = await section.measure(options);
  const seconds = Math.round((performance.now() - started) / 1000);
  process.stdout.write(`${sectionText(`${section.title} (measured in ${seconds} s)`, findings)}\n`);
  return { section, seconds, findings };
}

function asJson(done: readonly Done[]): string {
  const machine = {
    node: process.version,
    cores: availableParallelism(),
    platform: platform(),
    arch: arch(),
  };
  const sections = done.map(({ section: { name, title }, seconds, findings }) => ({
    ...{ name, title, seconds },
    ...findings,
    figures: findings.figures.map((figure) => ({ ...figure, verdict: verdictOf(figure) })),
  }));
  return `${JSON.stringify({ machine, quick: options.quick, sections }, null, 2)}\n`;
}

try {
  const done: Done[] = [];
  for (const section of SECTIONS)
    if (positionals.length === 0 || positionals.includes(section.name)) done.push(await run(section));
  if (values.json !== undefined) await writeFile(values.json, asJson(done));
} finally {
  await (await built)?.remove();
}
