/** What one license gives access to, and what of it was opened. */
import type { Backend } from '$lib/ipc/backend'
import type { ArtifactView, PackagesView, PackageView, ReleaseView } from '$lib/ipc/generated'
import { Asked } from '$lib/state/action/asked.svelte'

/** Lists that are asked for once somebody opens what they belong to, by its id. */
type Opened<Item> = Record<string, Asked<Item[]>>

export class Packages extends Asked<PackagesView> {
  search = $state('')
  /** By the package's id. */
  releases = $state.raw<Opened<ReleaseView>>({})
  /** By the release's id. */
  files = $state.raw<Opened<ArtifactView>>({})

  constructor(
    private readonly backend: Backend,
    readonly license: string,
  ) {
    super(() => backend.packages(license))
  }

  /** The packages in whose name, key or engine every word of the search stands. */
  get found(): PackageView[] {
    const words = this.search.toLowerCase().split(/\s+/).filter(Boolean)
    const has = ({ name, key, engine }: PackageView) => {
      const text = `${name}\n${key}\n${engine ?? ''}`.toLowerCase()
      return words.every((word) => text.includes(word))
    }
    return (this.view?.packages ?? []).filter(has)
  }

  /** Asks for the releases of a package, unless they are here or on their way. */
  async open(id: string): Promise<void> {
    const asked = this.releases[id] ?? new Asked(() => this.backend.releases(this.license, id))
    this.releases = { ...this.releases, [id]: asked }
    await askOnce(asked)
  }

  /** Asks for the files of a release, unless they are here or on their way. */
  async openRelease(id: string): Promise<void> {
    const asked = this.files[id] ?? new Asked(() => this.backend.artifacts(this.license, id))
    this.files = { ...this.files, [id]: asked }
    await askOnce(asked)
  }

  protected override answered(view: PackagesView): void {
    this.view = view
    this.releases = {}
    this.files = {}
  }
}

async function askOnce<Item>(asked: Asked<Item[]>): Promise<void> {
  if (asked.view === null && !asked.loading) await asked.ask()
}
