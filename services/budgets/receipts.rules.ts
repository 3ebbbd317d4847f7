/** Which papers a fund's rules ask for. Pure. */
import { pounds } from '#services/kernel/money.ts'

export type Receipts = { asks: 'none' } | { asks: 'over'; pence: number } | { asks: 'all' }

export const receiptsOf = (stream: { receipts: string; receiptsOverPence: number | null }): Receipts =>
  stream.receipts === 'all'
    ? { asks: 'all' }
    : stream.receipts === 'over' && stream.receiptsOverPence !== null
      ? { asks: 'over', pence: stream.receiptsOverPence }
      : { asks: 'none' }

/** Whether the scheme asks for a paper about a purchase of this sum. What is booked here is known and never asked for. */
export const needsReceipt = (receipts: Receipts, price: number): boolean =>
  receipts.asks === 'all' || (receipts.asks === 'over' && price > receipts.pence)

/** The scheme's rule in words. */
export function receiptWords(receipts: Receipts): string {
  switch (receipts.asks) {
    case 'none':
      return 'This fund asks for no receipts.'
    case 'over':
      return `This fund asks for a receipt when something costs more than ${pounds(receipts.pence)}.`
    case 'all':
      return 'This fund asks for a receipt for each thing that is bought outside Kith.'
  }
}
