import './styles/tokens.css'
import './styles/base.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { connectBackend } from '$lib/ipc'
import { lookAsBefore } from '$lib/state/theme'

lookAsBefore()

const target = document.getElementById('app')

// Not awaited at the top level: the backend's chunk may import this one, and each would wait for the other.
void connectBackend().then((backend) => {
  if (target) mount(App, { target, props: { backend } })
})
