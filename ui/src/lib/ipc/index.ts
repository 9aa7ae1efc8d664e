/** The only way to the program behind the window. What a build does not choose is not in it. */
import type { Backend } from './backend'

export type { Backend } from './backend'
export type * from './generated'

export async function connectBackend(): Promise<Backend> {
  if (import.meta.env.MODE === 'fake') return (await import('./fake')).fromAddress(location.search)
  return (await import('./tauri')).tauri
}
