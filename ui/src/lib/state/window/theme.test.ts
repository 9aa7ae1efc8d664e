import { beforeEach, describe, expect, test, vi } from 'vitest'

const theme = () => document.documentElement.dataset.theme

/** A page that opens on a system that is dark or not, and can change. */
async function page(isDark: boolean) {
  const dark = Object.assign(new EventTarget(), { matches: isDark })
  vi.stubGlobal('matchMedia', () => dark)
  vi.resetModules()
  const { look, lookAsBefore } = await import('./theme')
  const systemTurns = (matches: boolean) => {
    dark.matches = matches
    dark.dispatchEvent(new Event('change'))
  }
  return { look, lookAsBefore, systemTurns }
}

describe('light or dark', () => {
  beforeEach(() => {
    localStorage.clear()
    delete document.documentElement.dataset.theme
  })

  test('follows the system from the first paint on, and as it turns', async () => {
    const { lookAsBefore, systemTurns } = await page(true)
    lookAsBefore()
    expect(theme()).toBe('dark')
    systemTurns(false)
    expect(theme()).toBe('light')
  })

  test('what was chosen holds against the system', async () => {
    const { look, systemTurns } = await page(true)
    look('light')
    systemTurns(true)
    expect(theme()).toBe('light')
    look('system')
    expect(theme()).toBe('dark')
  })

  test('the next window begins as the last one was', async () => {
    const first = await page(false)
    first.look('dark')
    const second = await page(false)
    second.lookAsBefore()
    expect(theme()).toBe('dark')
  })
})
