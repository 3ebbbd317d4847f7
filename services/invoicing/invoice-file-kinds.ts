/** The tables that an invoice can be saved as. */
const FILE_KINDS = ['lines', 'xero', 'quickbooks'] as const
export type FileKind = (typeof FILE_KINDS)[number]
export const readFileKind = (text: string | null): FileKind =>
  FILE_KINDS.find((one) => one === text) ?? 'lines'
