import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/**/*.test.ts'], testTimeout: 20_000 } },
      { test: { name: 'properties', include: ['property-tests/**/*.test.ts'], testTimeout: 60_000 } },
    ],
  },
});
