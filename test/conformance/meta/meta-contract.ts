import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { makeAbsolute } from '../contract/documents.ts'
import { correct, FaultBook } from '../contract/faults.ts'
import type { KnownFault } from '../contract/faults.ts'
import { isObject } from '../contract/json.ts'
import type { JsonObject } from '../contract/json.ts'
import { applyPatches } from '../contract/patches.ts'
import { Validators } from '../contract/validators.ts'
import { META, metaPatches } from './meta-patches.ts'

const FILE = 'meta/business-messaging-api_v23.0.yaml'

/** The file of the contract as it is. Throws when it is not there. */
export function readMetaFile(folder: string): JsonObject {
  const document: unknown = parse(readFileSync(join(folder, FILE), 'utf8'))
  if (!isObject(document)) throw new Error(`${FILE} holds no document`)
  makeAbsolute(document, META, META)
  return document
}

export type MetaDocument = { documents: ReadonlyMap<string, JsonObject>; validators: Validators; book: FaultBook }

/** Patches and corrects the document, which is changed. */
export function prepareMeta(document: JsonObject, faults: readonly KnownFault[]): MetaDocument {
  const documents = new Map([[META, document]])
  applyPatches(document, metaPatches)
  for (const fault of faults) correct(document, fault)
  const book = new FaultBook(faults.map(({ id }) => id))
  return { documents, validators: new Validators(documents, book), book }
}
