/** Tables as files: RFC 4180, and nothing in them that a spreadsheet would run. */

/** A spreadsheet runs a cell that begins with one of these as a formula. */
const RUNS = /^[=+\-@\t\r]/

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** Text from people and listings: in quotes, and never a formula. */
export const csvWords = (text: string): string => quoted(RUNS.test(text) ? `'${text}` : text)
/** Pounds without the sign, so that a sheet can add them up. */
export const csvMoney = (pence: number): string => (pence / 100).toFixed(2)
export const csvNumber = (value: number | null): string => (value === null ? '' : String(value))

/**
 * A file of cells that are ready (`csvWords`, `csvMoney`, plain dates and numbers).
 * @param mark the mark at the start by which a spreadsheet knows UTF-8; some programs that import files trip over it
 */
export const csvFile = (
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  { mark = true }: { mark?: boolean } = {},
): string => `${mark ? '\uFEFF' : ''}${[heads, ...rows].map((cells) => cells.join(',')).join('\r\n')}\r\n`
