import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { keyedHash } from './seal.server.ts'

/** Without I, L, O and U, which are read as something else. 32 signs: one byte's low five bits choose one. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 10
export const BACKUP_CODES = 10
const HASHED = 'k:'

const oneCode = (): string =>
  [...randomBytes(LENGTH)]
    .map((byte) => SIGNS[byte & 31] ?? '0')
    .join('')
    .replace(/^(.{5})/, '$1-')

/** Ten codes of 50 random bits, such as '7K4MP-XQ2RT'. */
export const newBackupCodes = (): string[] => Array.from({ length: BACKUP_CODES }, oneCode)

/** As it was made, however it was typed: small letters, spaces, O for 0. */
const plain = (typed: string): string =>
  typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')

/** What is kept of a code: it needs the installation's secret to be tried out. */
export const hashOfCode = (secret: string, typed: string): string =>
  `${HASHED}${keyedHash(secret, 'backup code', plain(typed))}`

/** The library's list as it is kept; those that are hashed already come back when one of them was used. */
export const hashCodes = (secret: string, json: string): string =>
  JSON.stringify(codesIn(json).map((code) => (code.startsWith(HASHED) ? code : hashOfCode(secret, code))))

function codesIn(json: string): string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(json))
  } catch {
    return []
  }
}

/** How many of the codes that somebody holds still work. Those kept before there was a page for them were shown to nobody. */
export const codesLeft = (stored: string | undefined): number =>
  codesIn(stored ?? '').filter((code) => code.startsWith(HASHED)).length
