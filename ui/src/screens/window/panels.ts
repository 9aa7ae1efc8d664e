/** What the detail pane draws for each thing that an account offers beside its list. */
import type { Component } from 'svelte'
import type { DetailView } from '$lib/ipc/generated'
import DetailCertificate from '../certificate/DetailCertificate.svelte'
import DetailInstance from '../instance/DetailInstance.svelte'
import DetailPackages from '../packages/DetailPackages.svelte'
import DetailSeats from '../seats/DetailSeats.svelte'
import DetailValidation from '../key/DetailValidation.svelte'

type Panel = Component<{ view: DetailView }>

/** What decides whether the next start works: it stands before the facts, by the facet's word. */
const first: Record<string, Panel> = { seats: DetailSeats, 'instance-token': DetailInstance }

/** The others behind the key, in the order in which they stand in the pane. */
const later: Record<string, Panel> = {
  validation: DetailValidation,
  packages: DetailPackages,
  certificates: DetailCertificate,
}

/** The panels of an account's facets at one of the two places; a facet without one shows nothing there. */
export function panelsOf(facets: string[], place: 'first' | 'later'): Panel[] {
  const panels = { first, later }[place]
  return Object.entries(panels).flatMap(([facet, panel]) => (facets.includes(facet) ? [panel] : []))
}
