import { expect, it } from 'vitest';
import { annotationFilter, parseAnnotations } from './annotations.ts';

const FORMATTED = 'OData.Community.Display.V1.FormattedValue';
const LOGICAL_NAME = 'Microsoft.Dynamics.CRM.lookuplogicalname';

it.each([
  [null, 'none'],
  ['', 'none'],
  ['*', 'all'],
  [FORMATTED, [FORMATTED]],
  ['Microsoft.Dynamics.CRM.*, OData.*', ['Microsoft.Dynamics.CRM.*', 'OData.*']],
])('parseAnnotations(%j)', (preference, expected) => {
  expect(parseAnnotations(preference)).toEqual(expected);
});

it.each([
  ['all', true, true],
  [[FORMATTED], true, false],
  [['Microsoft.Dynamics.CRM.*'], false, true],
  [['microsoft.dynamics.crm.LookupLogicalName'], false, true],
  [['*', '-OData.*'], false, true],
  [['-*', 'OData.Community.*'], true, false],
  [[], false, false],
] as const)(
  '%j wants the formatted value: %j, the table of a lookup: %j',
  (annotations, formatted, logicalName) => {
    const wants = annotationFilter(annotations);
    expect([wants?.(FORMATTED), wants?.(LOGICAL_NAME)]).toEqual([formatted, logicalName]);
  },
);

it('needs no test when nothing is asked for', () => {
  expect(annotationFilter('none')).toBeNull();
});
