/** `mailboxctl schema`: prints a JSON Schema, for editors and for programs that read our output. */

import { Argument, type Command } from 'commander';
import configSchema from '../../schemas/config.schema.json' with { type: 'json' };
import doctorSchema from '../../schemas/doctor.schema.json' with { type: 'json' };
import driftSchema from '../../schemas/drift.schema.json' with { type: 'json' };
import eventsSchema from '../../schemas/events.schema.json' with { type: 'json' };
import organizationSchema from '../../schemas/organization.schema.json' with { type: 'json' };
import overlaySchema from '../../schemas/overlay.schema.json' with { type: 'json' };
import planSchema from '../../schemas/plan.schema.json' with { type: 'json' };
import statusSchema from '../../schemas/status.schema.json' with { type: 'json' };
import { jsonText } from '../report/json.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { examples } from './options.ts';
import type { RegisterArgument } from './register.ts';

const SCHEMAS = {
  config: configSchema,
  overlay: overlaySchema,
  plan: planSchema,
  drift: driftSchema,
  status: statusSchema,
  doctor: doctorSchema,
  events: eventsSchema,
  organization: organizationSchema,
} as const;

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
