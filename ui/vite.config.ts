import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig } from 'vitest/config'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), mode === 'test' && svelteTesting()],
  clearScreen: false,
  resolve: { alias: { $lib: folder('./src/lib'), $components: folder('./src/components') } },
  // The program's mark stands beside this folder.
  server: { port: 5173, strictPort: true, fs: { allow: [folder('.'), folder('../icons')] } },
  // The oldest WebKitGTK with the 4.1 interface, 2.40, is about Safari 16.4.
  build: { target: 'safari16.4', outDir: mode === 'fake' ? 'test-results/fake' : 'dist', emptyOutDir: true },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    env: { TZ: 'UTC', LANG: 'en_US.UTF-8' },
    // Whole windows are drawn, on machines that are busy with other things: only what hangs is to be stopped.
    testTimeout: 30_000,
  },
}))
