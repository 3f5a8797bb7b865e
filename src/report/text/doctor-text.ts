/** The doctor's report as a page: who, what the account may do, what will not work and how to mend it, and the counts. */

import type { Doctor, DoctorApproval, DoctorFinding, DoctorRight } from '../../model/doctor.generated.ts';
import { RIGHT_TITLES } from '../../model/right-titles.ts';
import { groupBy } from '../group.ts';
import { printable } from '../printable.ts';
import { type Style, signs } from '../style.ts';
import { wrap } from '../text.ts';
import { durationText } from '../time-text.ts';
import { words } from '../value-text.ts';
import {
  detail,
  ENTRY,
  entry,
  type Labelled,
  type Lines,
  labelled,
  page,
  searched,
  section,
} from './page.ts';
import { headLines } from './plan-text.ts';
import { type Column, table } from './table.ts';

export function doctorText(document: Doctor, style: Style): string {
  const doctor = printable(document);
  const { findings } = doctor;
  return page([
    headLines('Doctor for', doctor, style),
    section('Who', labelled(whoRows(doctor), ENTRY, style), style),
    section('Rights', rightsLines(doctor.rights, style), style),
    section('Approvals', approvalLines(doctor.approvals, style), style),
    levelSection('Problems', 'problem', findings, style),
    levelSection('Warnings', 'warning', findings, style),
    levelSection('In order', 'ok', findings, style),
    searched([style.colors.bold(doctorLine(doctor))], style),
  ]);
}

/** Frozen: scripts search it. */
export function doctorLine({ summary }: Doctor): string {
  return `Doctor: ${summary.problem} problems, ${summary.warning} warnings, ${summary.ok} ok.`;
}

function whoRows({ caller, environment, clock }: Doctor): readonly Labelled[] {
  const { name, kind, sign_in, authentication, roles } = caller;
  const signIn = sign_in === null || sign_in === name ? '' : ` (${sign_in})`;
  return [
    { label: 'account', text: `${name}${signIn}, ${kind === 'person' ? 'a person' : 'an application user'}` },
    { label: 'sign-in', text: authentication },
    { label: 'roles', text: roles.length === 0 ? 'none that can be seen' : roles.join(', ') },
    { label: 'organization', text: environment.organization_id },
    { label: 'purpose', text: environment.purpose },
    { label: 'approvals', text: environment.approvals },
    { label: 'clock', text: clockText(clock.skew_seconds) },
  ];
}

function clockText(skew: number): string {
  if (skew === 0) return 'agrees with the service';
  return `${durationText(Math.abs(skew))} ${skew > 0 ? 'ahead of' : 'behind'} the service`;
}

interface RightsRow {
  readonly on: DoctorRight['on'];
  readonly rights: readonly DoctorRight[];
}

/** Linking takes two privileges, one on each side. */
const COLUMNS: readonly [title: string, rights: readonly DoctorRight['right'][]][] = [
  ['read', ['read']],
  ['write', ['write']],
  ['create', ['create']],
  ['delete', ['delete']],
  ['link', ['append', 'append-to']],
  ['approve', ['approve']],
];

/** All columns, their cells uncut. */
const TABLE_WIDTH = 68;

function rightsLines(rights: readonly DoctorRight[], style: Style): Lines {
  const rows = groupBy(rights, ({ on }) => on).flatMap((group): readonly RightsRow[] => {
    const [first] = group;
    return first === undefined ? [] : [{ on: first.on, rights: group }];
  });
  if (style.width < TABLE_WIDTH) return labelled(rows.map(rightsText), ENTRY, style);
  const columns: readonly Column<RightsRow>[] = [
    { title: '', cell: ({ on }) => RIGHT_TITLES[on], rank: 0, least: 8 },
    ...COLUMNS.map(([title, names]): Column<RightsRow> => {
      const held = (row: RightsRow): DoctorRight | undefined =>
        row.rights.find(({ right }) => names.includes(right));
      return {
        title,
        cell: (row) => held(row)?.depth ?? '',
        colour: (row, text) => coloured(held(row), text, style),
        rank: 0,
      };
    }),
  ];
  const indent = ' '.repeat(ENTRY);
  return table(columns, rows, { ...style, width: style.width - ENTRY }).map((line) => indent + line);
}

/** Where the page is too narrow for a table. */
function rightsText({ on, rights }: RightsRow): Labelled {
  const texts = rights.map(({ right, depth }) => `${words(right)} ${depth}`);
  return { label: RIGHT_TITLES[on], text: texts.join(', ') };
}

function coloured(right: DoctorRight | undefined, text: string, { colors }: Style): string {
  if (right === undefined) return text;
  if (!right.needed) return colors.dim(text);
  if (right.depth === 'global') return colors.green(text);
  return right.depth === 'none' ? colors.red(text) : colors.yellow(text);
}

function approvalLines(approvals: readonly DoctorApproval[], style: Style): Lines {
  return approvals.flatMap(({ server_profile, approvals: all, handed_off, why, who }) => {
    const name = style.colors.bold(server_profile ?? '(no server profile)');
    const own = `this account may give ${all - handed_off} of ${all}`;
    const left = handed_off === 0 ? '' : `; left to a person: ${handed_off} (${why.map(words).join(', ')})`;
    return [
      ...entry('-', `${name}  ${own}${left}`, style),
      ...(handed_off === 0 ? [] : detail(`who may give those: ${who.join(', or ')}`, style)),
    ];
  });
}

function levelSection(
  title: string,
  level: DoctorFinding['level'],
  findings: readonly DoctorFinding[],
  style: Style,
): Lines {
  const lines = findings.filter((one) => one.level === level).flatMap((one) => findingLines(one, style));
  return section(title, lines, style);
}

function findingLines({ level, what, so_what, mend }: DoctorFinding, style: Style): Lines {
  return [
    ...entry(sign(level, style), what, style),
    ...(so_what === null ? [] : detail(style.colors.dim(so_what), style)),
    ...(mend === null ? [] : wrapMend(mend, style)),
  ];
}

function sign(level: DoctorFinding['level'], style: Style): string {
  const { colors } = style;
  const { good, bad, attention } = signs(style);
  if (level === 'ok') return colors.green(good);
  return level === 'problem' ? colors.red(bad) : colors.yellow(attention);
}

function wrapMend(mend: string, style: Style): Lines {
  const lead = `${signs(style).arrow} `;
  return wrap(lead + mend, { width: style.width, indent: ENTRY + 4, hanging: ENTRY + 4 + lead.length });
}
