/** `mailboxctl schema`: prints a JSON Schema, for editors and for programs that read our output. */

import { Argument, type Command } from 'commander';
import applySchema from '../../schemas/apply.schema.json' with { type: 'json' };
import configSchema from '../../schemas/config.schema.json' with { type: 'json' };
import doctorSchema from '../../schemas/doctor.schema.json' with { type: 'json' };
import driftSchema from '../../schemas/drift.schema.json' with { type: 'json' };
import environmentsSchema from '../../schemas/environments.schema.json' with { type: 'json' };
import eventsSchema from '../../schemas/events.schema.json' with { type: 'json' };
import organizationSchema from '../../schemas/organization.schema.json' with { type: 'json' };
import overlaySchema from '../../schemas/overlay.schema.json' with { type: 'json' };
import planSchema from '../../schemas/plan.schema.json' with { type: 'json' };
import reportSchema from '../../schemas/report.schema.json' with { type: 'json' };
import snapshotSchema from '../../schemas/snapshot.schema.json' with { type: 'json' };
import statusSchema from '../../schemas/status.schema.json' with { type: 'json' };
import statusChangeSchema from '../../schemas/status-change.schema.json' with { type: 'json' };
import validateSchema from '../../schemas/validate.schema.json' with { type: 'json' };
import { jsonText } from '../report/json.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { examples } from './options.ts';
import type { RegisterArgument } from './register.ts';

const SCHEMAS = {
  config: configSchema,
  overlay: overlaySchema,
  validate: validateSchema,
  plan: planSchema,
  apply: withPlan(applySchema),
  drift: driftSchema,
  status: statusSchema,
  'status-change': statusChangeSchema,
  doctor: doctorSchema,
  environments: environmentsSchema,
  report: reportSchema,
  snapshot: snapshotSchema,
  events: eventsSchema,
  organization: organizationSchema,
} as const;

/** With the schema that it refers to in it, so that it can be used by itself. */
function withPlan<Schema extends { readonly $defs: object }>(schema: Schema): Schema {
  return { ...schema, $defs: { ...schema.$defs, plan: planSchema } };
}

type SchemaName = keyof typeof SCHEMAS;

export function schemaCommand(command: Command, register: RegisterArgument): void {
  command
    .description(
      'Prints the JSON Schema of the configuration, of a machine-readable output, or of an organization file.',
    )
    .addHelpText('after', examples('mailboxctl schema', 'mailboxctl schema plan'))
    .addArgument(new Argument('[name]', 'which').choices(Object.keys(SCHEMAS)).default('config'))
    .action(
      register(async (io: Io, name: SchemaName): Promise<ExitCode> => {
        io.stdout.write(jsonText(SCHEMAS[name]));
        return EXIT.ok;
      }),
    );
}
