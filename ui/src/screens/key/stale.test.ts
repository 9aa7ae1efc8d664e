import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { openWindow } from '../../../tests/window'

describe('a kept key that is older than what the vendor sent', () => {
  test('is said to be so, and fetched again', async () => {
    const { user, select, calls } = await openWindow('stale')
    await select('L2')
    expect(screen.getByTestId('key-stale').textContent).toContain('may be an old one')
    await user.click(screen.getByTestId('key-fetch'))
    await waitFor(() => expect(screen.queryByTestId('key-stale')).toBeNull())
    expect(calls('fetchAgain')).toEqual([['fetchAgain', 'L2']])
    expect((await screen.findByTestId('toast')).textContent).toContain('the vendor’s present one')
  })

  test('stays where the vendor cannot be asked, which is told', async () => {
    const error = { code: 'vendor-unreachable', args: { host: 'aidbox.app', why: 'dns' }, detail: null }
    const { user, select } = await openWindow('stale', { fail: { fetchAgain: error } })
    await select('L2')
    await user.click(screen.getByTestId('key-fetch'))
    expect((await screen.findByTestId('toast')).textContent).toContain('cannot be reached')
    expect(screen.getByTestId('key-stale')).toBeTruthy()
  })

  test('that came once another license is shown is told of neither', async () => {
    const { user, select, world } = await openWindow('stale')
    await select('L2')
    const letGo = world.hold('fetchAgain')
    const fetch = () => screen.queryByTestId<HTMLButtonElement>('key-fetch')
    await user.click(screen.getByTestId('key-fetch'))
    expect(fetch()?.getAttribute('aria-busy')).toBe('true')
    await select('L1')
    await waitFor(() => expect(screen.getByTestId('detail-name').textContent).toBe(world.row('L1').label))
    letGo()
    await waitFor(() => expect(world.fresh.has('L2')).toBe(true))
    await select('L2')
    await waitFor(() => expect(fetch()).toBeNull())
    expect(screen.queryByTestId('toast')).toBeNull()
  })

  test('is fetched only where it can be kept', async () => {
    const vault = { state: 'locked-by-keyring', keyring: 'locked' } as const
    const { select } = await openWindow('stale', { vault })
    await select('L2')
    expect(screen.getByTestId<HTMLButtonElement>('key-fetch').disabled).toBe(true)
  })
})
