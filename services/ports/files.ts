/** What a kept file is, by how its key ends. */
export const FILE_TYPES = {
  jpg: 'image/jpeg',
  pdf: 'application/pdf',
  png: 'image/png',
  webp: 'image/webp',
} as const
export type FileType = (typeof FILE_TYPES)[keyof typeof FILE_TYPES]

/** A name of our own making, such as photos/0193…-800.webp: never anything that a person typed. */
export type FileKey = string & { readonly fileKey: unique symbol }

const KEY = /^[a-z]{1,20}\/[a-z0-9][a-z0-9-]{0,150}\.(jpg|pdf|png|webp)$/

/** @throws RangeError for what is no key: it would be a mistake of ours */
export function fileKey(text: string): FileKey {
  if (!KEY.test(text)) throw new RangeError('This is no key of a file.')
  return text as FileKey
}

/** What the file of this key is. */
export const fileTypeOf = (key: FileKey): FileType =>
  FILE_TYPES[key.slice(key.lastIndexOf('.') + 1) as keyof typeof FILE_TYPES]

export interface KeptFile {
  type: FileType
  bytes: Uint8Array
}

/** Where files are kept that are too large for the database. Nothing is listed: the database knows every key. */
export interface Files {
  /** Whole or not at all. The same key again replaces what was there. @throws when it may work later */
  put(key: FileKey, bytes: Uint8Array): Promise<void>
  /** Null when there is none. @throws when it may work later */
  get(key: FileKey): Promise<KeptFile | null>
  /** What is gone already is gone. @throws when it may work later */
  remove(key: FileKey): Promise<void>
}
