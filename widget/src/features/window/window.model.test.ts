import { expect, it } from 'vitest'
import { windowView } from './window.model.ts'

const now = Date.parse('2026-11-22T12:00:00.000Z')
const inMinutes = (minutes: number) => ({ closesAt: new Date(now + minutes * 60_000).toISOString() })

it.each([
  ['never written', null, { stage: 'closed' }],
  ['over for long', inMinutes(-60), { stage: 'closed' }],
  ['over at this moment', inMinutes(0), { stage: 'closed' }],
  ['just opened', inMinutes(1_440), { stage: 'calm', hours: 24, minutes: 0, left: 1 }],
  ['opened by a clock that is ahead', inMinutes(1_500), { stage: 'calm', hours: 25, minutes: 0, left: 1 }],
  ['four hours left', inMinutes(240), { stage: 'calm', hours: 4, minutes: 0, left: 1 / 6 }],
  ['less than four', inMinutes(239.5), { stage: 'soon', hours: 3, minutes: 59 }],
  ['half an hour', inMinutes(30), { stage: 'soon', hours: 0, minutes: 30 }],
  ['less than that', inMinutes(29.9), { stage: 'urgent', hours: 0, minutes: 29 }],
  ['the last seconds', inMinutes(0.5), { stage: 'urgent', hours: 0, minutes: 0 }],
  ['no date', { closesAt: 'soon' }, { stage: 'closed' }],
])('%s', (_, window, view) => {
  expect(windowView(window, now)).toMatchObject(view)
})
