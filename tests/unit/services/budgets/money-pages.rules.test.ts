import { describe, expect, test } from 'vitest'
import { type FundFacts, type MoneyFacts, moneyLinks } from '#services/budgets/money-pages.rules.ts'

const fund = (changes: Partial<FundFacts> = {}): FundFacts => ({
  deployment: 'council_managed',
  kind: 'adult_social_care',
  towards: false,
  ended: false,
  keptBack: false,
  ...changes,
})
const facts = (changes: Partial<MoneyFacts> = {}): MoneyFacts => ({
  funds: [],
  waits: false,
  paysTowards: false,
  employs: false,
  savedCard: false,
  billed: false,
  bought: false,
  ...changes,
})
const near = (changes: Partial<MoneyFacts>): string[] =>
  moneyLinks(facts(changes)).near.map(({ href }) => href)
const ALWAYS_WITH_A_FUND = ['/my/money/purchases', '/my/money/statement', '/my/money/audit']

describe('the pages behind "My money"', () => {
  test('without a fund none is put forward', () => expect(near({})).toEqual([]))

  test('what a council pays needs no bank, no card and nobody who holds it', () =>
    expect(near({ funds: [fund()] })).toEqual(ALWAYS_WITH_A_FUND))

  test('money on one’s own bank account is paid from there', () =>
    expect(near({ funds: [fund({ deployment: 'direct_payment_bank' })] })).toEqual([
      '/my/money/pay',
      '/my/money/bank',
      '/my/money/how-you-pay',
      '/my/money/purchases',
      '/my/money/cards',
      '/my/money/statement',
      '/my/money/audit',
    ]))

  test.each<[string, Partial<MoneyFacts>, string]>([
    ['a prepaid card', { funds: [fund({ deployment: 'direct_payment_card' })] }, '/my/money/card'],
    ['a fund that a provider holds', { funds: [fund({ deployment: 'individual_service_fund' })] }, '/my/money/held'],
    ['an account that is looked after', { funds: [fund({ deployment: 'direct_payment_managed_account' })] }, '/my/money/held'],
    ['a voucher', { funds: [fund({ kind: 'voucher' })] }, '/my/money/vouchers'],
    ['an assistant', { employs: true }, '/my/assistants'],
    ['an assistant, for whom money is kept back', { employs: true }, '/my/kept-back'],
    ['money kept back without an assistant', { funds: [fund({ keptBack: true })] }, '/my/kept-back'],
    ['an assessment', { paysTowards: true }, '/my/money/towards'],
    ['something to pay in', { funds: [fund({ towards: true })] }, '/my/money/towards'],
    ['something that waits to be paid', { waits: true }, '/my/money/pay'],
    ['a saved card', { savedCard: true }, '/my/money/cards'],
    ['an invoice', { billed: true }, '/my/money/invoices'],
    ['something bought from a fund that has ended', { bought: true }, '/my/money/purchases'],
  ])('%s brings its page forward', (_what, changes, href) => {
    expect(near(changes)).toContain(href)
    expect(near({ funds: [fund()] }).filter((one) => !ALWAYS_WITH_A_FUND.includes(one))).not.toContain(href)
  }) // prettier-ignore

  test.each<[string, Partial<FundFacts>]>([
    ['a card', { deployment: 'direct_payment_card' }],
    ['a voucher', { kind: 'voucher' }],
    ['a fund that somebody held', { deployment: 'individual_service_fund' }],
    ['a bank account', { deployment: 'direct_payment_bank' }],
  ])('%s that has ended leaves what is proof of it', (_what, changes) =>
    expect(near({ funds: [fund({ ...changes, ended: true })] })).toEqual([
      '/my/money/statement',
      '/my/money/audit',
    ]),
  )

  test('what is paid in is no fund of its own', () =>
    expect(near({ funds: [fund({ towards: true, deployment: 'direct_payment_bank' })] })).not.toContain(
      '/my/money/bank',
    ))

  test.each<[string, Partial<MoneyFacts>]>([
    ['nothing', {}],
    ['a card and an assistant', { employs: true, funds: [fund({ deployment: 'direct_payment_card' })] }],
  ])('with %s every page is still within reach, once', (_what, changes) => {
    const links = moneyLinks(facts(changes))
    const all = [...links.near, ...links.others].map(({ href }) => href)
    expect(all).toHaveLength(15)
    expect(new Set(all).size).toBe(15)
  })
})
