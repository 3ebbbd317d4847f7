import { pounds } from '#services/kernel/money.ts'
import type { TableId } from './market.schema.ts'
import type { Mark } from './suppression.rules.ts'

/** One figure, as the page shows it and as the file has it: both are made here, so they cannot differ. */
export interface Cell {
  text: string
  /** Figures without signs and commas. */
  csv: string
  hidden: boolean
}
export interface TableRow {
  key: string
  cells: Record<string, Cell>
  /** A kind of provider, for the tile beside the words. */
  kind?: string | undefined
}
export interface MarketTable {
  id: TableId
  caption: string
  /** Which months or day the figures are of: a file goes round without its page. */
  period: string
  columns: { key: string; label: string; numeric: boolean; unit?: string }[]
  rows: TableRow[]
  foot: TableRow | null
}

const cell = (text: string, csv = text): Cell => ({ text, csv, hidden: false })
const hidden = (text: string): Cell => ({ text, csv: text, hidden: true })

export const NOT_SHOWN = 'not shown'
export const SMALL = '1 to 4, not shown'
export const words = (text: string): Cell => cell(text)
/** '1,142' */
export const count = (value: number): Cell => cell(thousands(value), String(value))
/** Whole pounds on the page, pounds and pence in the file. */
export const money = (pence: number): Cell => cell(wholePounds(pence), (pence / 100).toFixed(2))
/** Pounds and pence on the page too, for prices. */
export const price = (pence: number): Cell => cell(pounds(pence), (pence / 100).toFixed(2))
/** '35.3%' of 0.353. */
export const share = (value: number, digits = 1): Cell => {
  const text = (100 * value).toFixed(digits)
  return cell(`${text.replace(/\.0+$/, '')}%`, text)
}
export const decimal = (value: number): Cell => cell(value.toFixed(1))
/** A count under its mark. */
export const marked = (mark: Mark, value: number): Cell =>
  mark === 'shown' ? count(value) : mark === 'small' ? hidden(SMALL) : hidden(NOT_SHOWN)
/** A figure that stands or falls with its row. The words do not say which rows are small and which protect them. */
export const unless = (isHidden: boolean, make: () => Cell): Cell => (isHidden ? hidden(NOT_SHOWN) : make())
export const withheld = (text: string): Cell => hidden(text)

export const thousands = (value: number): string => new Intl.NumberFormat('en-GB').format(Math.round(value))
export const wholePounds = (pence: number): string => `£${thousands(pence / 100)}`
/** '£2.37 million', '£402,000', '£9,340': for sentences. */
export function roughPounds(pence: number): string {
  const value = pence / 100
  if (value >= 1_000_000) return `£${(value / 1_000_000).toFixed(2).replace(/\.?0+$/, '')} million`
  return value >= 100_000 ? `£${thousands(Math.round(value / 1_000) * 1_000)}` : wholePounds(pence)
}
export const percentWords = (value: number): string => `${String(Math.round(100 * value))}%`

const KINDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  user_led_organisation: ['User-led organisation', 'user-led organisations'],
  community_group: ['Community group', 'community groups'],
  charity: ['Charity', 'charities'],
  social_enterprise: ['Social enterprise', 'social enterprises'],
  cooperative: ['Co-operative', 'co-operatives'],
  micro_enterprise: ['Micro-enterprise', 'micro-enterprises'],
  private_company: ['Private company', 'private companies'],
  council_service: ['Council service', 'council services'],
  sole_workers: [
    'Personal assistants and others who work alone',
    'personal assistants and others who work alone',
  ],
  others: ['Other kinds, added together', 'providers of other kinds'],
}
export const kindWords = (group: string): string => KINDS[group]?.[0] ?? 'Kind not known'
export const kindsWords = (group: string): string => KINDS[group]?.[1] ?? 'providers whose kind is not known'
/** Order of every table by kind. */
export const GROUPS = Object.keys(KINDS).filter((group) => group !== 'others')
/** The kind whose tile stands for a group: sole workers wear the personal assistant's. */
export const tileKind = (group: string): string => (group === 'sole_workers' ? 'personal_assistant' : group)

/** Every column says its unit and every row its period. RFC 4180, with a byte-order mark for spreadsheets; a text that a spreadsheet would run as a formula gets a ' before it. */
export function toCsv(table: MarketTable): string {
  const line = (cells: readonly string[]): string => cells.map(field).join(',')
  const rows = table.foot ? [...table.rows, table.foot] : table.rows
  return `\uFEFF${[
    line([...table.columns.map(({ label, unit }) => (unit ? `${label} (${unit})` : label)), 'Period']),
    ...rows.map((row) => line([...table.columns.map(({ key }) => row.cells[key]?.csv ?? ''), table.period])),
  ].join('\r\n')}\r\n`
}
function field(text: string): string {
  const safe = /^\s*[=+\-@\t\r\n|%＝＋－＠]/u.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
