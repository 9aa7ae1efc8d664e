/** What a row says in words where it has no column for it. */
import type { RowView } from '../ipc/generated'
import { m } from '../messages'
import { expiryText } from './expiry'

/** The words of some columns, in their order; a column that the vendor tells nothing for has none. */
export function wordsOf(row: RowView, columns: readonly string[]): string[] {
  return columns.map((column) => wordOf(row, column)).filter((word) => word !== null)
}

function wordOf(row: RowView, column: string): string | null {
  switch (column) {
    case 'expiry':
      return row.expiry && expiryText(row.expiry).words
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
