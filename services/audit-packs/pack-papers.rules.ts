/** The spending side of a pack: invoices, what was bought elsewhere, cards and wages, as tables. Pure. */
import { duration, type Temporal } from '#services/kernel/time.ts'
import { pounds } from '#services/kernel/money.ts'
import { bareDay, type PackTable } from './pack.rules.ts'

type Day = Temporal.PlainDate

const text = (label: string, share: number) => ({ label, kind: 'text' as const, share })
const money = (label: string, share = 1.5) => ({ label, kind: 'money' as const, share })
const of = (count: number, one: string, more: string): string =>
  `${String(count)} ${count === 1 ? one : more}`

export interface PackInvoice {
  id: string
  number: string
  title: string
  from: string
  to: string
  issuedOn: Day
  period: string
  gross: number
  ofFund: number
  stands: string
}

export function invoicesTable(invoices: readonly PackInvoice[], leftOut: number): PackTable {
  return {
    id: 'invoices',
    title: 'Invoices and credit notes',
    says:
      invoices.length === 0
        ? 'No invoice of these days is paid from it.'
        : `${of(invoices.length, 'paper was', 'papers were')} sent in these days. Nobody typed one: each follows from what was delivered and agreed.`,
    columns: [
      text('Number', 1.7),
      text('From', 2.4),
      text('To', 2.2),
      text('Sent on', 1.8),
      text('Where it stands', 1.8),
      money('For this fund'),
      money('In all'),
    ],
    rows: invoices.map((one) => ({
      key: one.id,
      cells: [one.number, one.from, one.to, bareDay(one.issuedOn), one.stands, one.ofFund, one.gross],
      documents: [{ kind: 'invoice', id: one.id, label: one.title }],
    })),
    foot: null,
    documents: true,
    leftOut,
  }
}

const PURCHASE: Readonly<Record<string, string>> = {
  proposed: 'Asked for',
  agreed: 'Agreed',
  ordered: 'Set aside for it',
  paid: 'Paid',
  refused: 'The council said no',
  withdrawn: 'Not bought',
}

export interface PackPurchase {
  id: string
  what: string
  seller: string
  category: string
  day: Day
  state: string
  pence: number
  refunded: number
  outcome: string
  agreedBy: string | null
  asked: boolean
  papers: readonly { id: string; name: string }[]
}

const receiptCell = (one: PackPurchase): string => {
  if (one.papers.length > 0)
    return `There ${one.papers.length === 1 ? 'is one' : `are ${String(one.papers.length)}`}`
  return one.asked ? 'Asked for, and missing' : 'Not asked for'
}

export function purchasesTable(purchases: readonly PackPurchase[], leftOut: number): PackTable {
  const paid = purchases.filter(({ state }) => state === 'paid')
  const sum = paid.reduce((all, one) => all + one.pence - one.refunded, 0)
  return {
    id: 'purchases',
    title: 'Bought from somebody who is not listed',
    says:
      purchases.length === 0
        ? 'Nothing was bought outside Kith.'
        : `${of(paid.length, 'thing was', 'things were')} paid for, ${pounds(sum)} after what came back.`,
    columns: [
      text('Day', 1.7),
      text('What, and from whom', 3),
      text('For', 2.4),
      text('Agreed by', 1.8),
      text('Where it stands', 1.6),
      money('Amount'),
      money('Came back', 1.4),
      text('Receipt', 1.7),
    ],
    rows: purchases.map((one) => ({
      key: one.id,
      cells: [
        bareDay(one.day),
        `${one.what}, ${one.seller}`,
        one.outcome || one.category,
        one.agreedBy ?? '',
        PURCHASE[one.state] ?? one.state,
        one.pence,
        one.refunded === 0 ? null : one.refunded,
        receiptCell(one),
      ],
      documents: one.papers.map(({ id, name }) => ({ kind: 'receipt' as const, id, label: name })),
    })),
    foot: null,
    documents: true,
    leftOut,
  }
}

const MOVEMENT: Readonly<Record<string, string>> = {
  load: 'Money loaded',
  purchase: 'Bought',
  refund: 'Came back',
  cash: 'Cash',
}
const CARD: Readonly<Record<string, string>> = {
  authorised: 'Set aside, not taken yet',
  cleared: 'Taken',
  reversed: 'Not taken after all',
  declined: 'Declined',
}

export interface PackCardMovement {
  id: string
  on: Day
  movement: string
  state: string
  pence: number
  merchant: string
  merchantCode: string
  card: string
}

export function cardsTable(movements: readonly PackCardMovement[]): PackTable {
  return {
    id: 'cards',
    title: 'On the prepaid card',
    says: `${of(movements.length, 'movement', 'movements')} in these days, as the card scheme tells them.`,
    columns: [
      text('Day', 1.8),
      text('What', 1.6),
      text('Shop', 2.8),
      text('Kind of shop', 1.4),
      text('Card', 2.2),
      text('Where it stands', 2),
      money('Amount'),
    ],
    rows: movements.map((one) => ({
      key: one.id,
      cells: [
        bareDay(one.on),
        MOVEMENT[one.movement] ?? one.movement,
        one.merchant,
        one.merchantCode,
        one.card,
        CARD[one.state] ?? one.state,
        one.pence,
      ],
      documents: [],
    })),
    foot: null,
    documents: false,
    leftOut: 0,
  }
}

export interface PackWages {
  id: string
  from: Day
  until: Day
  assistant: string
  minutes: number
  approvedOn: Day | null
  paid: boolean
  pence: number
}

export function wagesTable(wages: readonly PackWages[]): PackTable {
  return {
    id: 'wages',
    title: 'Wages',
    says: `${of(wages.length, 'pay period', 'pay periods')}, by the payroll bureau’s figures: wages, tax, pension and its fee.`,
    columns: [
      text('Weeks', 3),
      text('Assistant', 2),
      text('Hours', 1.8),
      text('The person said yes on', 2),
      text('Where it stands', 1.6),
      money('In all'),
    ],
    rows: wages.map((one) => ({
      key: one.id,
      cells: [
        `${bareDay(one.from)} to ${bareDay(one.until)}`,
        one.assistant,
        duration(one.minutes),
        one.approvedOn ? bareDay(one.approvedOn) : '',
        one.paid ? 'Paid' : 'Worked out',
        one.pence,
      ],
      documents: [],
    })),
    foot: ['In all', '', '', '', '', wages.reduce((sum, one) => sum + one.pence, 0)],
    documents: false,
    leftOut: 0,
  }
}
