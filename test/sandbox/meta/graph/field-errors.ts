import type { Onboarding } from '../onboarding-settings.ts'
import type { World } from '../world.ts'
import { GraphError } from './errors.ts'

/** One of the errors that the settings decide, with Meta's words for a person. */
export function fieldError(world: World, name: keyof Onboarding['errors'], title: string, text: string): GraphError {
  const { code, subcode } = world.settings.onboarding.errors[name]
  return new GraphError(code, undefined, {
    message: code === 100 ? 'Invalid parameter' : `(#${code}) ${title}`,
    ...(subcode === null ? {} : { subcode }),
    user: [title, text],
  })
}
