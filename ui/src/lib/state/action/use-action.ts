/** An action of a component. */
import { onDestroy } from 'svelte'
import { useApp } from '../app.svelte'
import { Action } from './action.svelte'

/** Once the component is left, a failure of its action is a toast. Called in the component's script. */
export function useAction(action = new Action()): Action {
  const app = useApp()
  onDestroy(() => action.leave((error) => app.sayError(error)))
  return action
}
