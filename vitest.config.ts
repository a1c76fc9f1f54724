import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const src = fileURLToPath(new URL('src/', import.meta.url));

/** Examples import the package by its name, as a reader would; here that is src. */
const resolve = {
  alias: [
    { find: /^foulweather$/, replacement: `${src}index.ts` },
    { find: /^foulweather\/(.+)$/, replacement: `${src}$1/index.ts` },
  ],
};

// `npm run check` leaves out what `npm test` runs too: `command`, which runs the command in processes of its own, `package`,
// which packs the package and installs it into an empty project, and `libraries`, which puts other people's clients and
// servers through hundreds of storms.
export default defineConfig({
  test: {
    // By default one core is left alone, which on two is half of them.
    maxWorkers: '100%',
    projects: [
      { test: { name: 'tidy', include: ['test/tidy/**/*.test.ts'] } },
      {
        resolve,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
          exclude: ['test/tidy/**', 'test/cli/**', 'test/package/**', 'test/libraries/**'],
          testTimeout: 20_000,
        },
      },
      {
        resolve,
        test: { name: 'properties', include: ['property-tests/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        resolve,
        test: { name: 'command', include: ['test/cli/*.test.ts'], testTimeout: 20_000 },
      },
      {
        resolve,
        test: { name: 'libraries', include: ['test/libraries/*.test.ts'], testTimeout: 60_000 },
      },
      {
        test: {
          name: 'package',
          include: ['test/package/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
