import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeAbsolute } from '../contract/documents.ts'
import type { Documents } from '../contract/documents.ts'
import { correct, FaultBook } from '../contract/faults.ts'
import type { KnownFault } from '../contract/faults.ts'
import { isObject } from '../contract/json.ts'
import type { JsonObject } from '../contract/json.ts'
import { applyPatches } from '../contract/patches.ts'
import { Validators } from '../contract/validators.ts'
import { minimumDocument } from './desk-minimum.ts'
import { answerPatches, deskPatches, formatPatch } from './desk-patches.ts'

const FOLDER = 'zoho-desk/v1.0'

export type DeskSide = 'request' | 'answer'

export const deskDocument = (side: DeskSide, file: string): string => `contract://desk/${side}/${file}`

/** The files of the contract as they are, named for one side. Throws when they are not there. */
export function readDeskFiles(folder: string, side: DeskSide): Map<string, JsonObject> {
  const files = readdirSync(join(folder, FOLDER)).filter((file) => file.endsWith('.json'))
  return new Map(
    files.map((file) => {
      const document: unknown = JSON.parse(readFileSync(join(folder, FOLDER, file), 'utf8'))
      if (!isObject(document)) throw new Error(`${file} holds no document`)
      const name = deskDocument(side, file)
      makeAbsolute(document, name, deskDocument(side, ''))
      return [name, document]
    }),
  )
}

export type DeskHalf = { documents: Documents; validators: Validators; book: FaultBook }

/** Patches and corrects the files of one side, which are changed. */
export function prepareDesk(
  documents: Map<string, JsonObject>,
  side: DeskSide,
  faults: readonly KnownFault[],
): DeskHalf {
  applyPatches(documents, [...deskPatches, ...(side === 'answer' ? answerPatches : []), formatPatch])
  for (const fault of faults) {
    const document = documents.get(deskDocument(side, fault.file ?? ''))
    if (document === undefined) throw new Error(`known fault ${fault.id}: the contract has no file ${fault.file}`)
    correct(document, fault)
  }
  documents.set(...minimumDocument)
  const book = new FaultBook(faults.map(({ id }) => id))
  return { documents, validators: new Validators(documents, book), book }
}
