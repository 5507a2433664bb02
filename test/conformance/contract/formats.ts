import type { Ajv2020 } from 'ajv/dist/2020.js'

const INT32 = 2_147_483_647

/** The formats that the contracts use. Number formats hold for numbers only: both write ids as strings. */
export function addFormats(ajv: Ajv2020): void {
  const text = (name: string, validate: (value: string) => boolean): void => {
    ajv.addFormat(name, { type: 'string', validate })
  }
  const number = (name: string, validate: (value: number) => boolean): void => {
    ajv.addFormat(name, { type: 'number', validate })
  }
  text(
    'date-time',
    (value) => /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/.test(value) && !Number.isNaN(Date.parse(value)),
  )
  text('date', (value) => /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)))
  text('time', (value) => /^\d\d:\d\d(?::\d\d)?/.test(value))
  text('email', (value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))
  text('uri', (value) => URL.canParse(value))
  text('url', (value) => URL.canParse(value))
  text('binary', () => true)
  number('int32', (value) => Number.isInteger(value) && Math.abs(value) <= INT32)
  number('int64', (value) => Number.isInteger(value))
  number('float', () => true)
}
