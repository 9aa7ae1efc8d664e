/** The page "What is stored where". */
import type { Backend } from '$lib/ipc/backend'
import type { ErrorView, StoredThing } from '$lib/ipc/generated'
import { asErrorView } from '$lib/messages/errors'

/** Kinds that are files by their nature, in contrast to secrets. */
const FILES = ['library', 'settings', 'license-file', 'backup', 'portal']

export class Storage {
  things = $state.raw<StoredThing[]>([])
  loaded = $state(false)
  error = $state.raw<ErrorView | null>(null)

  constructor(private readonly backend: Backend) {}

  /** The local portal's signing key is a secret too, in its own folder. */
  get secrets(): StoredThing[] {
    return this.things.flatMap((thing) => {
      if (thing.what === 'portal') return [{ ...thing, what: 'portal-key', place: 'file-unsealed' }]
      return FILES.includes(thing.what) ? [] : [thing]
    })
  }

  get files(): StoredThing[] {
    return this.things.filter(({ what }) => FILES.includes(what))
  }

  async again(): Promise<void> {
    try {
      this.things = await this.backend.stored()
      this.error = null
      this.loaded = true
    } catch (thrown) {
      this.error = asErrorView(thrown)
    }
  }
}
