import { describe, expect, test } from 'vitest'
import { chipsThatFit, fit, resized, tidy, columnsUnder } from './columns'

const names = (columns: { column: string }[]) => columns.map(({ column }) => column)
const total = (columns: { width: number }[]) => columns.reduce((sum, { width }) => sum + width, 0)
const usual = tidy([], { kinds: true, use: false })

describe('which columns are shown', () => {
  test('a wide list shows all that were chosen, and the name takes the rest', () => {
    const shown = fit(usual, 1_400)
    expect(names(shown)).toEqual(names(usual))
    expect(total(shown)).toBe(1_400)
  })

  test('in a very wide list the entitlements have room too, unless a user chose their width', () => {
    const width = (columns: { column: string; width: number }[], name: string) =>
      columns.find(({ column }) => column === name)?.width
    expect(width(fit(usual, 1_124), 'name')).toBe(320)
    expect(width(fit(usual, 1_124), 'entitlements')).toBe(220)
    expect(width(fit(usual, 1_600), 'entitlements')).toBe(320)
    const chosen = usual.map((one) => (one.column === 'entitlements' ? { ...one, width: 180 } : one))
    expect(width(fit(chosen, 1_600), 'entitlements')).toBe(180)
  })

  test('a narrow list keeps name, expiry and status', () => {
    expect(names(fit(usual, 460))).toEqual(['name', 'expiry', 'status'])
  })

  test('the window’s usual width has type, hosting and entitlements too', () => {
    expect(names(fit(usual, 732))).toEqual(['name', 'type', 'hosting', 'expiry', 'entitlements', 'status'])
  })

  test('the name stays even where nothing fits', () => {
    expect(names(fit(usual, 40))).toEqual(['name'])
  })

  test('columns never overflow the width that they have', () => {
    for (let width = 340; width < 1_500; width += 37)
      expect(total(fit(usual, width))).toBeLessThanOrEqual(width)
  })
})

describe('the column of use', () => {
  const counted = (kinds: boolean) => tidy([], { kinds, use: true })

  test('is shown if a connected vendor counts seats or users', () => {
    expect(names(counted(true))).toContain('used')
    expect(names(usual)).not.toContain('used')
  })

  test('is not shown if no vendor counts any more', () => {
    expect(names(tidy(counted(true), { kinds: true, use: false }))).not.toContain('used')
  })

  test('has its place in the window’s usual width', () => {
    expect(names(fit(counted(false), 732))).toEqual([
      'name',
      'product',
      'expiry',
      'used',
      'entitlements',
      'status',
    ])
    expect(names(fit(counted(true), 732))).toEqual(['name', 'type', 'hosting', 'expiry', 'used', 'status'])
  })

  test('goes under the name where it does not fit', () => {
    expect(columnsUnder(counted(false), fit(counted(false), 460))).toContain('used')
  })
})

describe('what is told under the name', () => {
  const under = (width: number, kept = usual) => columnsUnder(kept, fit(kept, width))

  test('what has no column, and the account anyway', () => {
    expect(under(1_400)).toEqual(['account'])
    expect(under(732)).toEqual(['product', 'account'])
  })

  test('in a narrow list all the rest, the most telling first', () => {
    expect(under(200)).toEqual(['status', 'expiry', 'product', 'type', 'hosting', 'account', 'entitlements'])
  })

  test('not what somebody chose to go without', () => {
    const without = usual.filter(({ column }) => column !== 'status' && column !== 'entitlements')
    expect(under(200, without)).toEqual(['expiry', 'product', 'type', 'hosting', 'account'])
  })
})

describe('columns as they were kept', () => {
  test('unknown ones are left out, and the name is put back', () => {
    expect(
      names(
        tidy([
          { column: 'colour', width: 10 },
          { column: 'type', width: 70 },
        ]),
      ),
    ).toEqual(['name', 'type'])
  })

  test('moving an edge changes that column', () => {
    const drawn = fit(usual, 1_200)
    const before = drawn.find(({ column }) => column === 'type')?.width ?? 0
    const after = resized(usual, drawn, 'type', 30).find(({ column }) => column === 'type')
    expect(after?.width).toBe(before + 30)
  })

  test('moving the name’s edge moves its neighbour’s beginning', () => {
    const drawn = fit(usual, 1_200)
    const after = resized(usual, drawn, 'name', -20).find(({ column }) => column === 'product')
    expect(after?.width).toBe(108)
  })

  test('no column gets narrower than can be read', () => {
    const drawn = fit(usual, 1_200)
    expect(resized(usual, drawn, 'type', -500).find(({ column }) => column === 'type')?.width).toBe(58)
  })
})

describe('entitlements as chips', () => {
  test('as many as fit, the others counted', () => {
    expect(chipsThatFit(['FHIR server', 'Terminology', 'MPI', 'Subscriptions'], 190)).toBe(1)
    expect(chipsThatFit(['FHIR server', 'Terminology', 'MPI', 'Subscriptions'], 600)).toBe(4)
  })

  test('one at least, however narrow', () => {
    expect(chipsThatFit(['A very long name of an entitlement', 'B'], 60)).toBe(1)
    expect(chipsThatFit([], 60)).toBe(0)
  })
})
