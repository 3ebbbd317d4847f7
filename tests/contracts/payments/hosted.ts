import { describe, expect, test } from 'vitest'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { told } from '#tests/support/payment-worlds.ts'
import { type At, domainCode, key, PAGES, readyAccount, savedCard } from './support.ts'

/** Hosted pages: one payment, saving a card, a payee’s own account. */
export function hostedContract(world: At, name: string): void {
  describe('a hosted page for one payment', () => {
    const checkout = async () => {
      const account = await readyAccount(world())
      const payment = newId()
      const page = await world().payments.checkout({
        key: key(),
        account,
        amount: pence(6_250),
        payment,
        words: 'Support in October',
        ...PAGES,
      })
      return { ...page, account, payment }
    }
    test('is open, then paid; both references find it', async () => {
      const page = await checkout()
      expect(await world().payments.find(page)).toMatchObject({
        status: 'open',
        amount: 6_250,
        url: page.url,
      })
      await told(world())
      await world().leave(page, true)
      const state = await world().payments.find(page)
      expect(state).toMatchObject({ status: 'confirmed', payment: page.payment, url: null })
      const { account } = page
      expect(await world().payments.find({ account, reference: state?.reference ?? '' })).toEqual(state)
      expect(await told(world())).toContainEqual(
        expect.objectContaining({
          type: 'payment_confirmed',
          payment: page.payment,
          reference: state?.reference,
        }),
      )
    })
    test('closed, it takes no money', async () => {
      const page = await checkout()
      await world().leave(page, false)
      expect(await world().payments.cancel({ ...page, key: key() })).toMatchObject({ status: 'cancelled' })
      expect((await told(world())).map(({ type }) => type)).toContain(
        name === 'Stripe' ? 'page_ended' : 'payment_cancelled',
      )
      await expect(world().leave(page, true)).rejects.toThrow()
    })
    test('is not made for who cannot be paid', async () => {
      const { account } = await world().payments.openAccount({ key: key(), owner: newId(), kind: 'charity' })
      const page = { key: key(), amount: pence(6_250), payment: newId(), words: 'Support', ...PAGES }
      expect(await domainCode(world().payments.checkout({ ...page, account }))).toBe('REFUSED_BY_RULE')
    })
    test('an outage is said in words, and nothing is made', async () => {
      if (name !== 'Stripe') return
      await world().trouble('busy')
      expect(await domainCode(checkout())).toBe('UNAVAILABLE')
    })
  })

  describe('saving a card', () => {
    test('is done on a hosted page, and tells only what may be shown', async () => {
      const setup = newId()
      await told(world())
      const page = await world().payments.saveCard({ key: key(), customer: null, setup, ...PAGES })
      const at = { account: null, reference: page.reference }
      expect(await world().payments.findSetup(at)).toMatchObject({
        status: 'open',
        setup,
        url: page.url,
        saved: null,
      })
      await world().leave({ ...page, account: null }, true)
      const state = await world().payments.findSetup(at)
      expect(state).toMatchObject({
        status: 'done',
        setup,
        url: null,
        saved: { customer: page.customer, kind: 'card', last4: '4242', mandate: null },
      })
      expect(state?.saved?.expires).toMatch(/^\d{4}-\d{2}$/)
      const saved = { customer: page.customer, method: state?.saved?.method }
      expect(await told(world())).toContainEqual(
        expect.objectContaining({ type: 'setup_done', setup, kind: 'card', saved, account: null }),
      )
      expect(await world().payments.findSetup({ account: null, reference: 'cs_nowhere' })).toBeNull()
    })
    test('a second card is kept under the same customer', async () => {
      const first = await savedCard(world())
      const page = await world().payments.saveCard({
        key: key(),
        customer: first.customer,
        setup: newId(),
        ...PAGES,
      })
      expect(page.customer).toBe(first.customer)
    })
  })

  describe('a payee’s own account', () => {
    test('goes through its states, and each change is told', async () => {
      const { payments } = world()
      const wanted = { key: key(), owner: newId(), kind: 'sole_trader' } as const
      const { account } = await payments.openAccount(wanted)
      expect(await payments.openAccount(wanted)).toEqual({ account })
      const fresh = await payments.readAccount(account)
      expect(fresh).toMatchObject({ status: 'new', takesPayments: false, paysOut: false })
      expect(fresh?.missing).toContain('bank_account')
      expect(await payments.dashboardLink({ account })).toBeNull()
      const link = await payments.onboardingLink({ account, doneUrl: PAGES.doneUrl, againUrl: PAGES.backUrl })
      expect(link.url).toMatch(/^https:/)
      expect(world().now().until(link.until).total('minutes')).toBe(5)
      for (const status of ['more_needed', 'checking', 'ready', 'paused', 'closed'] as const) {
        await told(world())
        await world().setAccount(account, status)
        const state = await payments.readAccount(account)
        expect(state).toMatchObject({
          account,
          status,
          takesPayments: status === 'ready',
          paysOut: status === 'ready',
        })
        expect(state?.missing).toEqual(
          status === 'more_needed' || (status === 'paused' && name !== 'Stripe') ? ['identity_document'] : [],
        )
        expect(await told(world())).toEqual([
          expect.objectContaining({ type: 'account_changed', account, state }),
        ])
        if (status === 'ready') expect((await payments.dashboardLink({ account }))?.url).toMatch(/^https:/)
      }
    })
    test('that is not there is not there', async () => {
      expect(await world().payments.readAccount('acct_nowhere')).toBeNull()
    })
  })
}
