/** Measures cells of the grid, one after the other as they are told, in a process of its own. */

import { readFile } from 'node:fs/promises';
import { type Cell, type CellResult, measureCell, organizationOf } from './cell.ts';
import { inThisProcess } from './service.ts';
import type { Workload } from './workload.ts';

export interface CellTask {
  readonly cell: Cell;
  /** Of a workload for so many operations, as JSON. */
  readonly file: string;
}

const workloads = new Map<string, Workload>();

async function workloadOf(file: string): Promise<Workload> {
  const workload = workloads.get(file) ?? (JSON.parse(await readFile(file, 'utf8')) as Workload);
  workloads.set(file, workload);
  return workload;
}

async function measure({ cell, file }: CellTask): Promise<CellResult> {
  const workload = await workloadOf(file);
  const service = inThisProcess(organizationOf(workload, cell));
  const result = await measureCell(workload, cell, service);
  await service.close();
  return result;
}

process.on('message', async (task: CellTask) => process.send?.(await measure(task)));
