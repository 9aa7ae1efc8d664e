/** Licenses as a table for other programs: which of them, which columns, and the file. */
import type { Backend } from '$lib/ipc/backend'
import type { ListQuery } from '$lib/ipc'
import type { Action } from '$lib/state/action/action.svelte'

/** Every column, in the table's order. */
export const COLUMNS = [
  'id',
  'vendor_id',
  'account',
  'name',
  'product',
  'type',
  'hosting',
  'goal',
  'status',
  'created',
  'expires',
  'expires_in_days',
  'entitlements',
  'files',
] as const

export type Column = (typeof COLUMNS)[number]

/** What most tables are for: names and dates. */
const USUAL: readonly Column[] = ['account', 'name', 'product', 'status', 'expires', 'expires_in_days']

export class ExportTable {
  path = $state('')
  columns = $state<Column[]>([...USUAL])
  /** Whether all that the list shows is exported instead of the selection. */
  all = $state(false)
  /** How many were exported. */
  done = $state<number | null>(null)

  constructor(
    private readonly backend: Backend,
    readonly licenses: string[],
    private readonly query: ListQuery,
    private readonly request: Action,
  ) {
    this.all = licenses.length === 0
  }

  readonly ready = $derived(this.path.trim() !== '' && this.columns.length > 0)
  /** Whether the file exists, so that it is replaced only on purpose. */
  get exists(): boolean {
    return this.request.error?.code === 'file-exists'
  }

  choose(column: Column, on: boolean): void {
    const chosen = COLUMNS.filter((one) => (one === column ? on : this.columns.includes(one)))
    this.columns = chosen
  }

  async browse(): Promise<boolean> {
    // The system's dialog asks by itself whether a file is to be replaced; Licet asks all the same.
    const picked = await this.backend.pickPath(this.path || 'licenses.csv')
    if (picked === null) return false
    this.path = picked
    this.request.clear()
    return true
  }

  /** Exports; a file that is there is replaced once its name has been shown. */
  async start(): Promise<boolean> {
    const replace = this.exists
    const licenses = this.all ? null : this.licenses
    const { query, columns } = this
    return this.request.run(async () => {
      const path = this.path.trim()
      this.done = await this.backend.exportTable({ licenses, query, columns, path, replace })
    })
  }
}
