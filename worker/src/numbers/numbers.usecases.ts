import type { NumberList } from '../../../contract/index.ts'
import { AppError } from '../platform/errors.ts'
import type { NumberFacts, NumbersRepo } from './numbers.repo.ts'

/** Departments somebody may see, or null for all of them. A number without a channel is for those who see all. */
export type NumberVisibility = { departments: readonly string[] | null }

/** The numbers whose channels' departments the agent may see. */
export async function listNumbers(repo: NumbersRepo, seen: NumberVisibility): Promise<NumberList> {
  const numbers = await repo.list()
  return {
    items: numbers
      .filter((number) => isVisible(number, seen))
      .map(({ phoneNumberId, displayPhoneNumber, verifiedName, channelName }) => ({
        phoneNumberId,
        displayPhoneNumber,
        verifiedName,
        channelName,
      })),
  }
}

/** One number; 404 where it is another organisation's, another department's or nobody's. */
export async function requireNumber(
  repo: NumbersRepo,
  seen: NumberVisibility,
  phoneNumberId: string,
): Promise<NumberFacts> {
  const number = await repo.find(phoneNumberId)
  if (number === null || !isVisible(number, seen)) {
    throw numberNotFound()
  }
  return number
}

/** Also said of numbers of other departments and organisations. */
export function numberNotFound(): AppError {
  return new AppError({ code: 'numbers.not_found', status: 404, message: 'There is no such number here.' })
}

function isVisible({ departmentId }: NumberFacts, { departments }: NumberVisibility): boolean {
  return departments === null || (departmentId !== null && departments.includes(departmentId))
}
