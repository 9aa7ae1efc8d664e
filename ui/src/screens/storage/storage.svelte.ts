/** The page "Privacy & storage". */
import type { Backend } from '$lib/ipc/backend'
import type { StoredThing } from '$lib/ipc/generated'
import { Asked } from '$lib/state/action/asked.svelte'

/** Kinds that are files by their nature, in contrast to secrets. */
const FILES = ['library', 'settings', 'license-file', 'backup', 'portal']

export class Storage extends Asked<StoredThing[]> {
  constructor(backend: Backend) {
    super(() => backend.stored())
  }

  /** The local portal's signing key is a secret too, in its own folder. */
  get secrets(): StoredThing[] {
    return (this.view ?? []).flatMap((thing) => {
      if (thing.what === 'portal') return [{ ...thing, what: 'portal-key', place: 'file-unsealed' }]
      return FILES.includes(thing.what) ? [] : [thing]
    })
  }

  get files(): StoredThing[] {
    return (this.view ?? []).filter(({ what }) => FILES.includes(what))
  }
}
