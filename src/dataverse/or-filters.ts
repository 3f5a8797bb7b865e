/** Conditions joined by `or`, in as many filters as the service's limits ask for. Knows no table. */

/**
 * The service refuses a query of more than 500 conditions (Microsoft Learn, "Query data using FetchXML", limits) and
 * plans shorter ones better.
 */
const CONDITIONS_PER_FILTER = 200;
/** Of 32,768 characters of a URL (Microsoft Learn, "Query data using the Web API"), less than what stands around it. */
const FILTER_LENGTH = 28_000;
const OR = ' or ';
const OR_LENGTH = encodeURIComponent(OR).length;

/** In the order of the conditions; none where there is no condition. */
export function orFilters(conditions: readonly string[]): readonly string[] {
  const filters: string[] = [];
  let group: string[] = [];
  let length = 0;
  for (const condition of conditions) {
    const own = encodeURIComponent(condition).length + OR_LENGTH;
    if (group.length === CONDITIONS_PER_FILTER || (group.length > 0 && length + own > FILTER_LENGTH)) {
      filters.push(group.join(OR));
      group = [];
      length = 0;
    }
    group.push(condition);
    length += own;
  }
  return group.length === 0 ? filters : [...filters, group.join(OR)];
}
