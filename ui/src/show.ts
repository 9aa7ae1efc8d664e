/** The page that shows the window's state. */
import { mount } from 'svelte'
import type { App } from '$lib/state/app.svelte'
import Window from './App.svelte'

export function show(app: App): void {
  const target = document.getElementById('app')
  if (!target) throw new Error('index.html has no #app')
  mount(Window, { target, props: { app } })
}
