/** The list: its query, how many rows it has, and the rows fetched so far in pages. */
import type { Backend } from '../../ipc/backend'
import type {
  ErrorView,
  FilterChip,
  GroupBy,
  GroupView,
  ListQuery,
  ListWindow,
  RowView,
  SortColumn,
} from '../../ipc/generated'
import { Action, failureOf } from '../action/action.svelte'
import { Lines } from './lines'
import { keepGroup, keepOrder, keptGroup, keptOrder } from './order'

const PAGE = 100
/** Pages that are kept; the farthest from what is shown go first. */
const KEPT_PAGES = 40

export const FIRST_QUERY: ListQuery = {
  view: 'all',
  account: null,
  text: '',
  group: keptGroup(),
  folded: [],
  ...keptOrder(),
}

/** The row at the top of a list that is scrolled. */
export interface TopRow {
  id: string
  index: number
  line: number
}

export class LicenseList {
  query = $state.raw<ListQuery>(FIRST_QUERY)
  /** What is in the search field. The query has it once typing rests. */
  text = $state('')
  /** How many rows there are, folded groups left out. */
  total = $state(0)
  groups = $state.raw<GroupView[]>([])
  /** What the groups that are shown are of. */
  grouping = $state.raw<GroupBy | null>(null)
  readonly lines = $derived(new Lines(this.groups, this.total))
  chips = $state.raw<FilterChip[]>([])
  problem = $state.raw<ErrorView | null>(null)
  /** Whether the number of rows was ever told: an empty list stays empty while it is asked for again. */
  known = $state(false)
  #pages = $state.raw(new Map<number, RowView[]>())
  #generation = 0
  #asking = new Action()
  /** Apart from the requests: the library can change while somebody types. */
  #typing = new Action()
  #pageFailure = $state.raw<ErrorView | null>(null)
  #asked = new Set<number>()
  #shown: [first: number, end: number] = [0, PAGE]
  /** Counts the queries that begin at their top. */
  begun = $state(0)
  /** The row that stays in its place when the library changes; null at the top of the list, where what is new shows. */
  top: TopRow | null = null
  /** Where the top row is since the library changed. */
  moved = $state.raw<{ top: TopRow; index: number } | null>(null)
  #folded = new Map<GroupBy, string[]>()

  constructor(private readonly backend: Backend) {}

  /** Why rows could not be asked for at all. */
  get failure(): ErrorView | null {
    return this.#asking.error ?? this.#pageFailure
  }

  /** How many licenses there are, in folded groups too. */
  get count(): number {
    if (this.groups.length === 0) return this.total
    return this.groups.reduce((sum, group) => sum + group.count, 0)
  }

  get loading(): boolean {
    return !this.known || this.#asking.busy || this.#typing.busy
  }

  /** Rows that came with the first paint. */
  start(query: ListQuery, window: ListWindow): void {
    this.query = query
    this.text = query.text
    this.#take(window, true, query)
  }

  row(index: number): RowView | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE]
  }

  /** A row by its id, where it was fetched. */
  find(id: string): RowView | undefined {
    for (const rows of this.#pages.values()) {
      const row = rows.find((one) => one.id === id)
      if (row) return row
    }
    return undefined
  }

  /** The search was typed. */
  typed(text: string): void {
    this.text = text
    this.#typing.typed(() => this.ask({}))
  }

  /** The search is being completed: nothing is asked for what cannot be read yet. */
  drafted(text: string): void {
    this.#typing.drop()
    this.text = text
  }

  /** Asks at once for what was typed, if that was not asked for yet. */
  async settle(): Promise<void> {
    if (this.text !== this.query.text) await this.ask({})
  }

  /** Chooses other rows, with the search as it is typed. What is shown stays until the new ones are there. */
  async ask(change: Partial<ListQuery>): Promise<void> {
    this.#typing.drop()
    this.query = { ...this.query, text: this.text, ...change }
    this.text = this.query.text
    this.#shown = [0, PAGE]
    this.top = null
    this.begun++
    await this.again()
  }

  /** Groups the rows, with those groups folded that were. */
  async groupBy(group: GroupBy | null): Promise<void> {
    keepGroup(group)
    await this.ask({ group, folded: (group && this.#folded.get(group)) ?? [] })
  }

  /** Folds a group, or unfolds it. The list stays where it is. */
  async fold(key: string, folded: boolean): Promise<void> {
    const others = this.query.folded.filter((one) => one !== key)
    await this.#fold(folded ? [...others, key] : others)
  }

  /** Unfolds every group. */
  async unfold(): Promise<void> {
    if (this.query.folded.length > 0) await this.#fold([])
  }

  async #fold(folded: string[]): Promise<void> {
    const { group } = this.query
    if (group !== null) this.#folded.set(group, folded)
    this.query = { ...this.query, folded }
    this.top = null
    await this.again()
  }

  async sortBy(sort: SortColumn): Promise<void> {
    const descending = this.query.sort === sort ? !this.query.descending : false
    keepOrder({ sort, descending })
    await this.ask({ sort, descending })
  }

  /** Takes one recognised filter out of the text. */
  async without(chip: FilterChip): Promise<void> {
    await this.ask({ text: withoutWord(this.text, chip.word) })
  }

  /** Asks again for what is shown: the library changed, or the query did. The row at the top keeps its place. */
  async again(): Promise<void> {
    const { query, top } = this
    this.#generation++
    await this.#asking.ask(
      async () => {
        const index = top && (await this.backend.place(query, top.id))
        const by = top === null || index === null ? 0 : index - top.index
        const shown = Math.max(0, this.#shown[0] + by)
        const first = Math.floor(shown / PAGE) * PAGE
        const end = Math.max(this.#shown[1] + by, first)
        const window = await this.backend.list(query, first, end - first || PAGE)
        return { window, moved: top !== null && index !== null ? { top, index } : null }
      },
      ({ window, moved }) => {
        this.#take(window, true, query)
        this.moved = moved
        if (moved) this.top = { ...moved.top, index: moved.index, line: this.lines.ofRow(moved.index) }
        this.#pageFailure = null
      },
    )
  }

  /** The row of a place, fetched where it is not here. What is shown stays what is asked for again. */
  async rowAt(index: number): Promise<RowView | undefined> {
    await this.#fetchMissing(index, index + 1)
    return this.row(index)
  }

  /** Makes sure that the rows that are shown are, or get, fetched. */
  async need(first: number, end: number): Promise<void> {
    this.#shown = [first, Math.max(end, first + 1)]
    await this.#fetchMissing(first, end)
  }

  async #fetchMissing(first: number, end: number): Promise<void> {
    const pages: Promise<void>[] = []
    for (let page = Math.floor(first / PAGE); page * PAGE < Math.min(end, this.total); page++) {
      if (!this.#complete(page) && !this.#asked.has(page)) pages.push(this.#fetch(page))
    }
    await Promise.all(pages)
  }

  /** The ids of a range of rows, fetched where they are not here. */
  async idsOf(first: number, last: number): Promise<string[]> {
    const { rows } = await this.backend.list(this.query, first, last - first + 1)
    return rows.map((row) => row.id)
  }

  #complete(page: number): boolean {
    const rows = this.#pages.get(page)
    return rows !== undefined && rows.length >= Math.min(PAGE, this.total - page * PAGE)
  }

  async #fetch(page: number): Promise<void> {
    const generation = this.#generation
    this.#asked.add(page)
    const failure = await failureOf(async () => {
      const { query } = this
      const window = await this.backend.list(query, page * PAGE, PAGE)
      if (generation === this.#generation) this.#take(window, false, query)
    })
    this.#asked.delete(page)
    if (failure !== null && generation === this.#generation) this.#pageFailure = failure
  }

  #take(window: ListWindow, fresh: boolean, { group }: ListQuery): void {
    const pages = fresh ? new Map<number, RowView[]>() : new Map(this.#pages)
    for (let at = 0; at < window.rows.length; at += PAGE) {
      pages.set(Math.floor((window.offset + at) / PAGE), window.rows.slice(at, at + PAGE))
    }
    const centre = Math.floor(this.#shown[0] / PAGE)
    const far = [...pages.keys()].sort((one, other) => Math.abs(other - centre) - Math.abs(one - centre))
    for (const page of far.slice(0, Math.max(0, pages.size - KEPT_PAGES))) pages.delete(page)
    this.#pages = pages
    this.total = window.total
    this.groups = window.groups
    this.grouping = group
    this.known = true
    this.chips = window.chips
    this.problem = window.problem
  }
}

/** A text without one of its words, the first where it stands twice. */
export function withoutWord(text: string, word: string): string {
  const at = ` ${text} `.indexOf(` ${word} `)
  if (at < 0) return text
  return `${text.slice(0, at)} ${text.slice(at + word.length)}`.replaceAll(/\s+/g, ' ').trim()
}
