/** A new license like another one. */
import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { openWindow } from '../../../tests/window'
import { namesLike } from '../../lib/state/license/create.svelte'

async function opened(change: Parameters<typeof openWindow>[1] = {}) {
  const window = await openWindow('three', change)
  await window.select('L2')
  await window.user.click(screen.getByTestId('detail-menu'))
  await window.user.click(await screen.findByTestId('create-like'))
  await screen.findByTestId('create-type-dev')
  return window
}

const name = () => screen.getByTestId<HTMLInputElement>('create-name')
const isChosen = (testid: string) => screen.getByTestId<HTMLInputElement>(testid).checked

describe('create like this', () => {
  test('begins with the choices of the license and a free name, ready to be typed over', async () => {
    const { user, calls } = await opened()
    await waitFor(() => expect(name().value).toBe('clinic-production-2'))
    expect(isChosen('create-type-prod')).toBe(true)
    await waitFor(() => expect(name().selectionEnd).toBe('clinic-production-2'.length))
    expect(name().selectionStart).toBe(0)
    await user.click(screen.getByTestId('create-submit'))
    await waitFor(() => expect(calls('create')).toHaveLength(1))
    expect(calls('create')[0]?.[1]).toMatchObject({ name: 'clinic-production-2', choices: { type: 'prod' } })
  })

  test('names count up', () => {
    expect(namesLike('clinic').slice(0, 2)).toEqual(['clinic-2', 'clinic-3'])
    expect(namesLike('clinic-9')[0]).toBe('clinic-10')
    expect(namesLike('a-b')[0]).toBe('a-b-2')
  })
})
