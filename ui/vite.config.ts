import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig } from 'vitest/config'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** State that reads or writes the document itself. */
const WITH_DOCUMENT = ['app', 'list/order', 'window/theme'].map((name) => `src/lib/state/${name}.test.ts`)

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), mode === 'test' && svelteTesting({ autoCleanup: false })],
  clearScreen: false,
  resolve: { alias: { $lib: folder('./src/lib'), $components: folder('./src/components') } },
  // The program's mark stands beside this folder.
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    fs: { allow: [folder('.'), folder('../icons')] },
  },
  // The oldest WebKitGTK with the 4.1 interface, 2.40, is about Safari 16.4.
  build: { target: 'safari16.4', outDir: mode === 'fake' ? 'test-results/fake' : 'dist', emptyOutDir: true },
  test: {
    env: { TZ: 'UTC', LANG: 'en_US.UTF-8' },
    // Whole windows are drawn, on machines that are busy with other things: only what hangs is to be stopped.
    testTimeout: 30_000,
    maxWorkers: '100%',
    projects: [
      // What draws nothing needs no document.
      {
        extends: true,
        test: {
          name: 'state',
          environment: 'node',
          setupFiles: ['tests/setup-state.ts'],
          include: ['src/lib/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: WITH_DOCUMENT,
        },
      },
      // Test files share one document; each test removes what it rendered.
      {
        extends: true,
        test: {
          name: 'window',
          environment: 'jsdom',
          isolate: false,
          unstubGlobals: true,
          setupFiles: ['tests/setup-window.ts'],
          include: ['src/components/**/*.test.ts', 'src/screens/**/*.test.ts', ...WITH_DOCUMENT],
        },
      },
    ],
  },
}))
