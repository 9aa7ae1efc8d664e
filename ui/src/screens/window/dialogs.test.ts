import { screen } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'

describe('every dialog', () => {
  test.each([
    ['create-dialog', '{Control>}n{/Control}'],
    ['delete-dialog', '{Delete}'],
    ['export-dialog', '{Control>}e{/Control}'],
    ['shortcuts', '{Control>}/{/Control}'],
  ])('%s opens by keyboard, and axe finds nothing in it', async (testid, keys) => {
    const { user, select } = await openWindow()
    await select('L2')
    screen.getByTestId('list').focus()
    await user.keyboard(keys)
    const dialog = await screen.findByTestId(testid)
    expect(dialog.getAttribute('aria-labelledby')).toBeTruthy()
    expect(await violations(dialog)).toEqual([])
  })
})
