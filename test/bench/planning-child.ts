/** Measures planning alone, from what was read to the text of the plan, beside `JSON.parse` of the pages that were read. */

import { loadProject } from '../../src/config/load-project.ts';
import { openForReading } from '../../src/library/open-environment.ts';
import { planText } from '../../src/report/text/plan-text.ts';
import { resolve } from '../../src/resolve/resolve.ts';
import { memoryFiles, PROJECT } from '../config/memory-files.ts';
import { plainStyle } from './plain-style.ts';
import { median } from './table.ts';

export interface PlanningTask {
  /** Text of mailboxctl.yaml, with an environment "bench". */
  readonly config: string;
}

export interface PlanningResult {
  readonly planningMs: number;
  readonly parseMs: number;
}

const ROUNDS = 3;

async function measure({ config }: PlanningTask): Promise<PlanningResult> {
  const pages: string[] = [];
  const project = await loadProject(PROJECT, memoryFiles({ 'mailboxctl.yaml': config }));
  const environment = await openForReading(project, 'bench', {
    env: {},
    fetch: async (request) => {
      const answer = await fetch(request);
      const text = await answer.text();
      if (text.startsWith('{')) pages.push(text);
      return new Response(text, answer);
    },
  });
  const seen = await environment.see();
  const planningMs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    const plan = await environment.plan({ ...seen, desired: resolve(seen.config, seen.snapshot) });
    planText(plan, plainStyle(120));
    planningMs.push(performance.now() - started);
  }
  await environment.close();
  const parseMs = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    for (const page of pages) JSON.parse(page);
    return performance.now() - started;
  });
  return { planningMs: median(planningMs), parseMs: median(parseMs) };
}

process.on('message', async (task: PlanningTask) => process.send?.(await measure(task)));
