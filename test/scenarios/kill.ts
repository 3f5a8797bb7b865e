/** An apply that is killed: from the moment on in which a line of the journal is on disk, nothing happens any more. */

import type { JournalEvent } from '../../src/model/events.generated.ts';
import type { Plan } from '../../src/model/plan.generated.ts';
import type { World } from '../world.ts';

/** `line`: the event and the step of the journal's line, `intent mailbox:queue/Support#edit`. */
export async function applyUntilKilled(world: World, plan: Plan, line: string): Promise<void> {
  let killed = (): void => {};
  const death = new Promise<'killed'>((resolve) => {
    killed = () => resolve('killed');
  });
  const never = new Promise<void>(() => {});
  const onEvent = (event: JournalEvent): Promise<void> | undefined => {
    if (`${event.event} ${event.step ?? ''}`.trim() !== line) return undefined;
    killed();
    return never;
  };
  const end = await Promise.race([world.apply(plan, {}, { onEvent }), death]);
  if (end !== 'killed') throw new Error(`the journal has no line "${line}": the run was not killed`);
}
