import type { z } from 'zod'
import { moreShapes } from './more-shapes.ts'
import { settingsShapes } from './settings-shapes.ts'
import { shapes } from './shapes.ts'

/** Shapes by the part of the widget that loads them. `pane` is in the ticket pane's first load: nothing but what that needs. */
export const families: Record<string, Record<string, z.ZodType>> = {
  pane: shapes,
  settings: settingsShapes,
  more: moreShapes,
}
