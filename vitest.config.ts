import { defineConfig } from 'vitest/config';

// `npm run check` leaves `package` out: it packs the package, and installs it into an empty project.
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'tidy', include: ['test/tidy/**/*.test.ts'] } },
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
          exclude: ['test/tidy/**', 'test/package/**'],
          testTimeout: 20_000,
        },
      },
      { test: { name: 'properties', include: ['property-tests/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
