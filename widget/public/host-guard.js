/**
 * Loaded before Desk's SDK, which checks neither source nor origin of a message: any frame that reaches this one could
 * forge Desk's answers. Only the parent, at the origin it announced in the address, may speak.
 */
;(function guard() {
  const announced = new URLSearchParams(location.search).get('serviceOrigin')
  addEventListener('message', (event) => {
    if (event.source !== parent || event.origin !== announced) event.stopImmediatePropagation()
  })
})()
