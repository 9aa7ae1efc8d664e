import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { violations } from '../../../../tests/axe'
import { openWindow } from '../../../../tests/window'
import { on } from '$lib/ipc/fake/licenses'
import { scenario } from '$lib/ipc/fake/scenarios'

/** The test ids and names of what Tab reaches in the pane before its first folded section. */
async function tabStops({ user }: Awaited<ReturnType<typeof openWindow>>): Promise<string[]> {
  screen.getByTestId('detail').focus()
  const stops: string[] = []
  for (;;) {
    await user.tab()
    const now = document.activeElement
    if (!(now instanceof HTMLElement) || now.closest('[data-testid=detail]') === null) {
      throw new Error(`no folded section after ${stops.join(', ')}`)
    }
    if (now.closest('[data-testid=detail-folds]')) return stops
    stops.push(now.dataset.testid ?? now.textContent.trim())
  }
}

/** The first license of an account with every facet of its vendor, with a written file. */
const withFile = (name: string) =>
  scenario(name).rows.map((row) =>
    row.id === 'L1' ? { ...row, product: 'aica', expiry: on(199), files: 'up-to-date' as const } : row,
  )

describe('the detail pane', () => {
  test('has at most eight Tab stops before the folded sections for a license with a seat and a file', async () => {
    const window = await openWindow('session', { rows: withFile('session') })
    await window.select('L1')
    await screen.findByTestId('seat-release-m1')
    const stops = await tabStops(window)
    expect(stops).toHaveLength(8)
    expect(stops).toEqual(
      expect.arrayContaining(['export-open', 'key-copy', 'detail-menu', 'detail-renew', 'seat-release-m1']),
    )
  })

  test.each([
    ['a created license', 'L2'],
    ['an imported key', 'L3'],
  ])('has at most eight Tab stops before the folded sections for %s', async (_, license) => {
    const window = await openWindow()
    await window.select(license)
    expect((await tabStops(window)).length).toBeLessThanOrEqual(8)
  })

  test('has at most eight Tab stops before the folded sections for an instance', async () => {
    const window = await openWindow('instance')
    const row = window.world.scene.rows.find(({ product }) => product === 'dashboard')
    await window.select(row?.id ?? '')
    await screen.findByTestId('detail-instance')
    expect((await tabStops(window)).length).toBeLessThanOrEqual(8)
  })

  test('moves between the actions of a key with the arrow keys', async () => {
    const { user, select } = await openWindow('session', { rows: withFile('session') })
    await select('L1')
    const all = within(screen.getByTestId('key-actions')).getAllByRole('button')
    all[0]?.focus()
    await user.keyboard('{ArrowRight}')
    expect(document.activeElement).toBe(screen.getByTestId('validate'))
    await user.keyboard('{End}{ArrowRight}')
    expect(document.activeElement).toBe(all[0])
  })

  test('asks the vendor for a folded section only once it is opened', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    onTestFinished(() => void vi.useRealTimers())
    const { select, unfold, calls } = await openWindow('session')
    await select('L1')
    await vi.advanceTimersByTimeAsync(1000)
    expect(calls('seats')).toHaveLength(1)
    expect(calls('packages')).toHaveLength(0)
    expect(screen.queryByTestId('fold-packages-note')).toBeNull()
    await unfold('packages')
    await screen.findByTestId('package-core')
    expect(calls('packages')).toHaveLength(1)
    expect(screen.getByTestId('fold-packages-note').textContent).toMatch(/^3 · registry /)
    await unfold('packages')
    await unfold('packages')
    expect(await screen.findByTestId('package-core')).toBeTruthy()
    expect(calls('packages')).toHaveLength(1)
  })

  test('keeps a section open from license to license and from start to start', async () => {
    const first = await openWindow()
    await first.select('L1')
    await first.unfold('technical')
    const heading = () => screen.getByTestId('fold-technical')
    expect(heading().getAttribute('aria-expanded')).toBe('true')
    await first.select('L2')
    await waitFor(() => expect(screen.getByTestId('detail-name').textContent).not.toBe('…'))
    expect(heading().getAttribute('aria-expanded')).toBe('true')
    expect(screen.getByTestId('fold-history').getAttribute('aria-expanded')).toBe('false')
    first.unmount()
    const second = await openWindow()
    await second.select('L2')
    expect(heading().getAttribute('aria-expanded')).toBe('true')
  })

  test('has accessible sections, folded and open', async () => {
    const { select, unfold } = await openWindow('session', { rows: withFile('session') })
    await select('L1')
    await screen.findByTestId('seats-warning')
    expect(await violations()).toEqual([])
    for (const kind of ['packages', 'certificate', 'rules', 'technical', 'history']) await unfold(kind)
    await screen.findByTestId('package-core')
    expect(await violations()).toEqual([])
  })
})

describe('the status line', () => {
  test('says the status, the date and how far away it is, with the action that renews it', async () => {
    const { user, select } = await openWindow('session', { rows: withFile('session') })
    await select('L1')
    expect(screen.getByTestId('detail-expiry').textContent.replace(/\s+/g, ' ').trim()).toMatch(
      /^(Valid · expires|Expires soon ·) \w+ \d+(, \d{4})? \(.+\)$/,
    )
    await user.click(screen.getByTestId('detail-renew'))
    expect((await screen.findByTestId('step-dialog')).textContent).toContain('renew my license')
  })

  test('has no action for a license that never expires', async () => {
    const { select } = await openWindow()
    await select('L3')
    expect(screen.queryByTestId('detail-renew')).toBeNull()
  })
})

describe('a reported leak', () => {
  test.each(['step-copy', 'step-open'])('marks the key as leaked at once: %s', async (way) => {
    const { user, select, calls } = await openWindow()
    await select('L3')
    await user.click(screen.getByTestId('step-leaked'))
    await user.click(await screen.findByTestId(way))
    await waitFor(() => expect(screen.getByTestId('detail-expiry').textContent).toContain('Leaked'))
    expect(calls('markLeaked')).toEqual([['markLeaked', 'L3', true]])
  })

  test('that is only looked at marks nothing', async () => {
    const { user, select, calls } = await openWindow()
    await select('L3')
    await user.click(screen.getByTestId('step-leaked'))
    await screen.findByTestId('step-dialog')
    await user.keyboard('{Escape}')
    expect(calls('markLeaked')).toEqual([])
  })
})

describe('Ctrl+Shift+C', () => {
  test.each([
    ['the list', () => screen.getByRole('grid')],
    ['the pane', () => screen.getByTestId('detail-menu')],
  ])('copies the key from %s', async (_, place) => {
    const { user, select, world } = await openWindow()
    await select('L3')
    place().focus()
    await user.keyboard('{Control>}{Shift>}c{/Shift}{/Control}')
    await waitFor(() => expect(world.clipboard).toEqual(['L3']))
  })

  test('copies nothing while the key is locked', async () => {
    const vault = { state: 'locked-by-keyring', keyring: 'locked' } as const
    const { user, select, calls } = await openWindow('three', { vault })
    await select('L3')
    await user.keyboard('{Control>}{Shift>}c{/Shift}{/Control}')
    expect(calls('copyKey')).toEqual([])
  })
})
