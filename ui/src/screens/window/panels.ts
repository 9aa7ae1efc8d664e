/** What the detail pane draws for each thing that an account offers beside its list. */
import type { Component } from 'svelte'
import type { DetailView } from '$lib/ipc/generated'
import DetailCertificate from '../certificate/DetailCertificate.svelte'
import DetailInstance from '../instance/DetailInstance.svelte'
import DetailToken from '../instance/DetailToken.svelte'
import DetailPackages from '../packages/DetailPackages.svelte'
import DetailSeats from '../seats/DetailSeats.svelte'

type Panel = Component<{ view: DetailView }>

/** What decides whether the next start works: it comes after status and expiry, by the facet's word. */
const first: Record<string, Panel> = { seats: DetailSeats, 'instance-token': DetailInstance }

/** The folded ones after the key, in their order in the pane. */
const folded: Record<string, Panel> = {
  packages: DetailPackages,
  certificates: DetailCertificate,
  'instance-token': DetailToken,
}

/** The panels of an account's facets at one of the two places; a facet without one shows nothing there. */
export function panelsOf(facets: string[], place: 'first' | 'folded'): Panel[] {
  const panels = { first, folded }[place]
  return Object.entries(panels).flatMap(([facet, panel]) => (facets.includes(facet) ? [panel] : []))
}
