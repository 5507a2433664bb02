import { effect, signal } from '@preact/signals'
import type { Host } from '../host/host.ts'
import { rootClasses } from './preferences.model.ts'

/** Keeps the page looking as Desk looks, also while the person changes Desk's theme. Returns what stops it. */
export function followPreferences(host: Host, root: HTMLElement, system: MediaQueryList): () => void {
  const preferences = signal(host.app.preferences)
  const systemIsDark = signal(system.matches)
  const onSystem = (): void => {
    systemIsDark.value = system.matches
  }
  system.addEventListener('change', onSystem)
  host.onPreferences((changed) => {
    preferences.value = { ...preferences.value, ...changed }
  })
  const stop = effect(() => {
    root.className = rootClasses(preferences.value, systemIsDark.value).join(' ')
  })
  return () => {
    stop()
    system.removeEventListener('change', onSystem)
  }
}
