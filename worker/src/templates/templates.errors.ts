import { AppError } from '../platform/errors.ts'
import type { FillProblem } from './templates.model.ts'

const PROBLEMS: Record<FillProblem['problem'], string> = {
  count: 'Give a value for each of the variables in the template’s body.',
  empty: 'A value of the template is empty: WhatsApp takes none that is.',
  forbidden: 'A value of the template has line ends, tabs or more than four blanks in a row, which WhatsApp refuses.',
  too_long: 'The template is longer than 1,024 characters once it is filled in.',
}

export const templateErrors = {
  notFound: (name: string, language: string) =>
    new AppError({
      code: 'templates.not_found',
      status: 404,
      message: `The number’s account has no approved template “${name}” in ${language}.`,
      details: { name, language },
    }),
  unfit: (why: string) =>
    new AppError({
      code: 'templates.unfit',
      status: 422,
      message: 'This template has parts that cannot be filled in here.',
      details: { why },
    }),
  values: (problem: FillProblem) =>
    new AppError({
      code: 'templates.values_invalid',
      status: 422,
      message: PROBLEMS[problem.problem],
      details: problem,
    }),
  unavailable: (metaCode: number | null) =>
    new AppError({
      code: 'templates.unavailable',
      status: 503,
      message: 'WhatsApp did not say which templates there are. Try again in a moment.',
      details: { metaCode },
      headers: { 'Retry-After': '10' },
    }),
}
