/** The table of files. */
import { count as inWords } from '../../../format/numbers'

export const title = 'Files'
export const looking = 'Reading the files…'
export const count = (total: string, one: boolean, troubled: number) => {
  const files = one ? '1 file' : `${total} files`
  if (troubled === 0) return files
  return `${files}, ${troubled === 1 ? '1 needs' : `${inWords(troubled)} need`} attention`
}
export const search = 'Search files'
export const none = 'No license files yet'
export const noneText =
  'Select a license and press Ctrl+E. Licet shows here whether its file is still as it was written.'
export const notFound = 'No file matches'
export const notFoundText = 'The search looks at paths and at the names of licenses.'
export const file = 'File'
export const license = 'License'
export const state = 'State'
export const written = 'Written'
export const actions = 'Actions'
export const expires = (date: string) => `expires ${date}`
export const more = (shown: string, total: string) => `${shown} of ${total} files`
export const showMore = 'Show more'
