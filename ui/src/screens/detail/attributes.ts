/** Which of a vendor's raw attributes are worth a line. */
import type { DetailView, FactView } from '$lib/ipc'

/** Values that state nothing: the license is not limited by them, or the vendor left them empty. */
const STATES_NOTHING = /^(?:false|no|null|none|0|\[\]|\{\}|"")?$/i
/** The machines have a section of their own. */
const OF_SEATS: readonly string[] = ['machines', 'max-machines']
/** A rule of the license, which would read as if it were about its certificate. */
const OF_KEY = 'encrypted'

export function statingAttributes({ limits, facets, certificate }: DetailView): FactView[] {
  return limits.filter(
    ({ name, value }) =>
      !STATES_NOTHING.test(value.trim()) &&
      !(facets.includes('seats') && OF_SEATS.includes(name)) &&
      !(name === OF_KEY && (certificate !== null || facets.includes('certificates'))),
  )
}
