/** What the detail pane draws for each thing that an account offers beside its list. */
import type { Component } from 'svelte'
import type { DetailView } from '$lib/ipc/generated'
import DetailSeats from './DetailSeats.svelte'
import DetailValidation from './DetailValidation.svelte'
import DetailInstance from './DetailInstance.svelte'

type Panel = Component<{ view: DetailView }>

/** By the facet's word, in the order in which they stand in the pane. */
const panels: Record<string, Panel> = {
  seats: DetailSeats,
  validation: DetailValidation,
  'instance-token': DetailInstance,
}

/** The panels of an account's facets; a facet without one shows nothing here. */
export function panelsOf(facets: string[]): Panel[] {
  return Object.entries(panels).flatMap(([facet, panel]) => (facets.includes(facet) ? [panel] : []))
}
