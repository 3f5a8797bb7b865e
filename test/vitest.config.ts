import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, however short the file: begun last, it would leave all cores but one idle in the end. */
const LONG =
  /\/test\/(scenarios|kill|promises|library|browser|package|github)\/|\/test\/cli\/(process|help|outcomes)|\/apply\/simulation/u;

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/**
 * What sweeps through everything once more, or starts many programs: `npm run test:long` (vitest.long.config.ts). The
 * same things are tested once without these.
 */
export const SWEEPS = [
  'src/apply/simulation*.test.ts',
  'test/browser/*.test.ts',
  'test/cli/completion.test.ts',
  'test/github/{pipelines,whole-life}.test.ts',
  'test/kill/at-*.test.ts',
  'test/library/forecast.test.ts',
  'test/package/{package,single,containerfile}.test.ts',
  'test/scenarios/{other-services,strip,strip-rules}.test.ts',
];

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: SWEEPS,
    // Golden files are updated deliberately: `npm test -- --update`.
    testTimeout: 60_000,
    // Vitest leaves one core free by default, which is half of a small machine.
    maxWorkers: '100%',
    // No module keeps state that a test could leave behind; loading each once halves the run.
    isolate: false,
    sequence: { sequencer: LongFirst },
    // What was transformed is kept below node_modules, by its content: workers otherwise begin by waiting for it.
    experimental: { fsModuleCache: true },
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.generated.ts', 'src/**/*.test.ts'],
    },
  },
});
