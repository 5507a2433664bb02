/**
 * Loaded before the guard, which lets only Desk speak: a window of the Worker tells this page through a custom event, which the
 * SDK of Desk never hears.
 */
;(function door() {
  const worker = document.querySelector('meta[name="kaiwa-worker"]')?.content
  addEventListener('message', (event) => {
    if (worker !== undefined && event.origin === new URL(worker).origin)
      dispatchEvent(new CustomEvent('kaiwa-window', { detail: event.data }))
  })
})()
