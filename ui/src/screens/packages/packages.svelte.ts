/** What one license gives access to, and what of it was opened. */
import type { Backend } from '$lib/ipc/backend'
import type { ArtifactView, ErrorView, PackagesView, PackageView, ReleaseView } from '$lib/ipc/generated'
import { asErrorView } from '$lib/messages/errors'

/** A list that is asked for once somebody opens what it belongs to. */
export interface Asked<Item> {
  items: Item[] | null
  error: ErrorView | null
}

export class Packages {
  view = $state.raw<PackagesView | null>(null)
  error = $state.raw<ErrorView | null>(null)
  loading = $state(false)
  search = $state('')
  /** By the package's id. */
  releases = $state.raw<Record<string, Asked<ReleaseView>>>({})
  /** By the release's id. */
  files = $state.raw<Record<string, Asked<ArtifactView>>>({})
  #asked = 0

  constructor(
    private readonly backend: Backend,
    readonly license: string,
  ) {}

  /** The packages in whose name, key or engine every word of the search stands. */
  get found(): PackageView[] {
    const words = this.search.toLowerCase().split(/\s+/).filter(Boolean)
    const has = ({ name, key, engine }: PackageView) => {
      const text = `${name}\n${key}\n${engine ?? ''}`.toLowerCase()
      return words.every((word) => text.includes(word))
    }
    return (this.view?.packages ?? []).filter(has)
  }

  async ask(): Promise<void> {
    const asked = ++this.#asked
    this.loading = true
    try {
      const view = await this.backend.packages(this.license)
      if (asked !== this.#asked) return
      this.view = view
      this.error = null
      this.releases = {}
      this.files = {}
    } catch (thrown) {
      if (asked === this.#asked) this.error = asErrorView(thrown)
    } finally {
      if (asked === this.#asked) this.loading = false
    }
  }

  /** Asks for the releases of a package, unless they are here or on their way. */
  async open(id: string): Promise<void> {
    if (this.releases[id] && !this.releases[id].error) return
    this.releases = { ...this.releases, [id]: { items: null, error: null } }
    const items = await answered(this.backend.releases(this.license, id))
    this.releases = { ...this.releases, [id]: items }
  }

  /** Asks for the files of a release, unless they are here or on their way. */
  async openRelease(id: string): Promise<void> {
    if (this.files[id] && !this.files[id].error) return
    this.files = { ...this.files, [id]: { items: null, error: null } }
    const items = await answered(this.backend.artifacts(this.license, id))
    this.files = { ...this.files, [id]: items }
  }
}

async function answered<Item>(answer: Promise<Item[]>): Promise<Asked<Item>> {
  try {
    return { items: await answer, error: null }
  } catch (thrown) {
    return { items: null, error: asErrorView(thrown) }
  }
}
