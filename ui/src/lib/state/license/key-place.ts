/** Where a license's key is, and whether it can be shown or copied from there. */
import type { DetailView } from '../../ipc/generated'

/** What holds the license reveals its token to nobody: there is nowhere to fetch it from. */
export const isHeldByInstance = ({ facets }: DetailView): boolean => facets.includes('instance-token')

/** Whether the key can be neither shown nor copied. */
export const isKeyAway = (view: DetailView): boolean => {
  const { place } = view.key
  return place === 'locked' || place === 'lost' || (isHeldByInstance(view) && place === 'at-vendor')
}
