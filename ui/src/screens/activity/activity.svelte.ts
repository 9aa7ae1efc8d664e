/** The activity page: what happened, newest first, fetched page by page. */
import type { Backend } from '$lib/ipc/backend'
import type { ActivityView, ErrorView } from '$lib/ipc/generated'
import { Action } from '$lib/state/action/action.svelte'

const PAGE = 100

export type Kind = 'all' | 'licenses' | 'keys' | 'files' | 'accounts' | 'troubled'

const KINDS: Record<Exclude<Kind, 'all' | 'troubled'>, readonly string[]> = {
  licenses: [
    'created',
    'deleted',
    'replaced',
    'imported',
    'removed',
    'renewed',
    'applied',
    'token-renewed',
    'token-removed',
    'token-restored',
  ],
  keys: ['revealed', 'copied', 'leaked', 'leak-taken-back', 'key-removed'],
  files: ['exported', 'repaired', 'backup-restored', 'backup-removed'],
  accounts: ['connected', 'disconnected', 'renamed', 'refreshed'],
}

export class ActivityLog {
  entries = $state.raw<ActivityView[]>([])
  kind = $state<Kind>('all')
  loaded = $state(false)
  /** Whether there is nothing older. */
  complete = $state(false)
  #fetching = new Action()

  constructor(private readonly backend: Backend) {}

  get loading(): boolean {
    return this.#fetching.busy
  }

  get error(): ErrorView | null {
    return this.#fetching.error
  }

  get shown(): ActivityView[] {
    return this.entries.filter((entry) => isOf(entry, this.kind))
  }

  /** By day, in the order in which it happened; where the clock was set back, a day comes more than once. */
  get days(): { id: number; day: string; entries: ActivityView[] }[] {
    const days: { id: number; day: string; entries: ActivityView[] }[] = []
    for (const entry of this.shown) {
      const day = new Date(entry.at).toDateString()
      const last = days.at(-1)
      if (last?.day === day) last.entries.push(entry)
      else days.push({ id: entry.id, day, entries: [entry] })
    }
    return days
  }

  /** Fetches what came since, and keeps what was fetched before. */
  async again(): Promise<void> {
    await this.#fetching.ask(
      () => this.backend.activity(null, PAGE),
      (page) => this.#freshen(page),
    )
  }

  async older(): Promise<void> {
    if (this.complete) return
    await this.#fetching.run(async () => {
      const page = await this.backend.activity(this.entries.at(-1)?.id ?? null, PAGE)
      this.entries = [...this.entries, ...page]
      this.#took(page)
    })
  }

  #took(page: ActivityView[]): void {
    if (page.length < PAGE) this.complete = true
    this.loaded = true
  }

  /** The newest page over what is known; where they do not meet, what is known is too old to keep. */
  #freshen(page: ActivityView[]): void {
    const oldest = page.at(-1)?.id ?? 0
    const kept = this.entries.filter(({ id }) => id < oldest)
    const meets = this.entries.some(({ id }) => id >= oldest)
    this.entries = meets ? [...page, ...kept] : page
    if (!meets) this.complete = false
    this.#took(page)
  }
}

function isOf({ verb, outcome }: ActivityView, kind: Kind): boolean {
  if (kind === 'all') return true
  if (kind === 'troubled') return outcome !== 'done'
  return KINDS[kind].includes(verb)
}
