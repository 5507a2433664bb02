export const CODE_LENGTH = 6

/** Digits of any script as 0 to 9, everything else away. */
export function digitsOf(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replaceAll(/\D/g, '')
}

export type Typed = { code: string; focus: number }

/** What stands in the boxes, and which is next, after `text` was typed or pasted into box `at`. */
export function typeInto(code: string, at: number, text: string): Typed {
  const digits = digitsOf(text)
  if (digits === '') return { code: code.slice(0, at), focus: at }
  // A whole code replaces whatever stood there, wherever it was pasted.
  const joined = digits.length >= CODE_LENGTH ? digits : code.slice(0, at) + digits + code.slice(at + digits.length)
  const next = joined.slice(0, CODE_LENGTH)
  return {
    code: next,
    focus: Math.min(CODE_LENGTH - 1, digits.length >= CODE_LENGTH ? CODE_LENGTH : at + digits.length),
  }
}

/** Backspace takes the digit of its box, or the one before an empty box. */
export function eraseAt(code: string, at: number): Typed {
  const from = code.length > at ? at : Math.max(0, at - 1)
  return { code: code.slice(0, from), focus: from }
}
