/**
 * The script of the Facebook window. It believes messages of Facebook's own origins only (the very host or a name below it), hands code
 * and event to the Worker, and repeats that after a lost answer: the Worker takes each code once.
 */
export const FACEBOOK_SCRIPT = `(function () {
  'use strict'
  var s = JSON.parse(document.getElementById('settings').textContent)
  var button = document.getElementById('start')
  var note = document.getElementById('note')
  var signup = null
  var heard = null
  var isReady = false

  function isFacebook(origin) {
    if (s.facebook !== null) return origin === s.facebook
    try {
      var url = new URL(origin)
      return url.protocol === 'https:' && (url.hostname === 'facebook.com' || url.hostname.endsWith('.facebook.com'))
    } catch (error) {
      return false
    }
  }

  function say(text, isBusy, label) {
    note.textContent = text
    button.disabled = isBusy
    if (label) button.textContent = label
  }

  window.addEventListener('message', function (message) {
    if (!isFacebook(message.origin)) return
    var data = message.data
    if (typeof data === 'string') {
      try {
        data = JSON.parse(data)
      } catch (error) {
        return
      }
    }
    if (!data || data.type !== 'WA_EMBEDDED_SIGNUP') return
    signup = data
    if (heard) heard()
  })

  function pause(ms) {
    return new Promise(function (resolve) {
      setTimeout(resolve, ms)
    })
  }

  function waitForEvent(ms) {
    if (signup !== null) return Promise.resolve()
    return Promise.race([
      pause(ms),
      new Promise(function (resolve) {
        heard = resolve
      }),
    ])
  }

  function tellOpener() {
    if (window.opener) window.opener.postMessage({ source: 'kaiwa.facebook', attemptId: s.attemptId }, '*')
  }

  async function report(code) {
    var body = { page: s.page }
    if (code) body.code = code
    if (signup) body.event = signup
    for (var tries = 0; tries < 4; tries += 1) {
      try {
        var answer = await fetch('/connect/facebook/result', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        })
        if (answer.ok) return await answer.json()
        if (answer.status === 401) return { state: 'used' }
      } catch (error) {
        // The answer was lost: the same again finds what became of it.
      }
      await pause(1000)
    }
    return { state: 'failed' }
  }

  async function finish(code) {
    say(s.words.working, true)
    await waitForEvent(code ? 1500 : 300)
    var attempt = await report(code)
    while (attempt.state === 'working') {
      await pause(1000)
      attempt = await report(code)
    }
    tellOpener()
    if (attempt.state === 'done') {
      note.textContent = s.words.done
      button.hidden = true
      setTimeout(function () {
        window.close()
      }, 1200)
      return
    }
    if (attempt.state === 'used') {
      button.hidden = true
      note.textContent = s.words.used
      return
    }
    say(attempt.state === 'cancelled' ? s.words.cancelled : s.words.failed, false, s.words.again)
  }

  button.addEventListener('click', function () {
    if (!isReady) return
    signup = null
    heard = null
    say(s.words.working, true)
    var extras = { setup: {} }
    if (s.isCoexistence) extras.featureType = 'whatsapp_business_app_onboarding'
    window.FB.login(
      function (answer) {
        var given = answer && answer.authResponse
        void finish(given && given.code ? given.code : null)
      },
      { config_id: s.configId, response_type: 'code', override_default_response_type: true, extras: extras },
    )
  })

  window.fbAsyncInit = function () {
    window.FB.init({ appId: s.appId, autoLogAppEvents: false, xfbml: false, version: s.version })
    isReady = true
    say('', false)
  }
  function blocked() {
    if (!isReady) note.textContent = s.words.blocked
  }
  window.addEventListener('load', function () {
    setTimeout(blocked, 8000)
    if (window.FB && !isReady) window.fbAsyncInit()
  })
})()`
