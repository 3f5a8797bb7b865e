import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Golden files are updated deliberately: `npm test -- --update`.
    testTimeout: 60_000,
    // Vitest leaves one core free by default, which is half of a small machine.
    maxWorkers: '100%',
    // No module keeps state that a test could leave behind; loading each once halves the run.
    isolate: false,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.generated.ts', 'src/**/*.test.ts'],
    },
  },
});
