/** What a row says in words where it has no column for it. */
import type { RowView } from '../ipc/generated'
import { m } from '../messages'
import { expiryText } from './expiry'
import { usedName } from './used'

const UNUSABLE = new Set(['expired', 'suspended', 'banned', 'wrong-instance', 'gone'])

/** Whether nothing is known that would keep a license from being used. */
export const isUsable = ({ status }: RowView): boolean => !UNUSABLE.has(status)

/** A license as one of several to choose from, with what is known of its end where that is told. */
export function choiceText(row: RowView): string {
  const words: string[] = []
  if (!isUsable(row)) words.push(m.words.status(row.status).toLowerCase())
  const { expiry } = row
  if (expiry?.kind === 'never') words.push(m.list.neverExpires.toLowerCase())
  if (expiry?.kind === 'on') {
    const span = expiryText(expiry).words
    words.push(isOver(expiry) ? m.setup.fileEnded(span) : m.setup.fileEnds(span))
  }
  return words.length === 0 ? row.label : m.setup.fileChoice(row.label, words.join(', '))
}

const isOver = ({ at }: { at: string }) => new Date(at).getTime() <= Date.now()

/** The words of some columns, in their order; a column that the vendor tells nothing for has none. */
export function wordsOf(row: RowView, columns: readonly string[]): string[] {
  return columns.map((column) => wordOf(row, column)).filter((word) => word !== null)
}

function wordOf(row: RowView, column: string): string | null {
  switch (column) {
    case 'expiry':
      return row.expiry && expiryText(row.expiry).words
    case 'used':
      return row.used === null || row.used.used === null ? null : usedName(row.used)
    case 'product':
      return m.words.productName(row.product)
    case 'type':
      return row.tier && m.words.tier(row.tier)
    case 'hosting':
      return row.hosting && m.words.hosting(row.hosting)
    case 'account':
      return m.words.accountName(row.account)
    case 'entitlements':
      return row.entitlements?.join(', ') || null
    default:
      return null
  }
}
