import { describe, expect, test } from 'vitest'
import { told } from '#tests/support/payment-worlds.ts'
import { type At, request } from './support.ts'

/** Deliveries: signed, fresh, whole, and of any kind. */
export function deliveriesContract(world: At): void {
  describe('deliveries', () => {
    const one = async () => {
      await told(world())
      await world().payments.pay(await request(world()))
      const delivery = (await world().deliveries()).at(-1)
      if (!delivery) throw new Error('nothing was delivered')
      return delivery
    }
    test('are read as text and as bytes; played again they have the same id', async () => {
      const { body, signature } = await one()
      const text = await world().payments.readWebhook(body, signature)
      const bytes = await world().payments.readWebhook(new TextEncoder().encode(body), signature)
      expect(text).toMatchObject({ ok: true, event: { type: 'payment_confirmed' } })
      expect(bytes).toEqual(text)
    })
    test.each([
      ['no signature', (): string | null => null, 'no_signature'],
      ['an empty one', (): string | null => '', 'no_signature'],
      ['another text', (): string | null => 'hello', 'wrong_signature'],
      [
        'another figure',
        (signature: string): string | null => signature.replace(/v1=../, 'v1=zz'),
        'wrong_signature',
      ],
      [
        'another time',
        (signature: string): string | null => signature.replace(/t=\d/, 't=2'),
        'wrong_signature',
      ],
      [
        'a scheme that is no proof',
        (signature: string): string | null => signature.replace('v1=', 'v0='),
        'wrong_signature',
      ],
    ] as const)('with %s are refused', async (_what, change, why) => {
      const { body, signature } = await one()
      expect(await world().payments.readWebhook(body, change(signature))).toEqual({ ok: false, why })
    })
    test('that were changed or cut short on the way are refused', async () => {
      const { body, signature } = await one()
      const wrong = { ok: false, why: 'wrong_signature' }
      expect(await world().payments.readWebhook(body.replace('2750', '9999'), signature)).toEqual(wrong)
      expect(await world().payments.readWebhook(body.slice(0, -20), signature)).toEqual(wrong)
      expect(await world().payments.readWebhook('', signature)).toEqual(wrong)
    })
    test('that are older than five minutes, or from a time to come, are refused', async () => {
      const { body } = await one()
      const at = (seconds: number) => world().signed(body, world().now().add({ seconds }))
      const read = ({ body: text, signature }: { body: string; signature: string }) =>
        world().payments.readWebhook(text, signature)
      expect(await read(at(-300))).toMatchObject({ ok: true })
      expect(await read(at(-301))).toEqual({ ok: false, why: 'too_old' })
      expect(await read(at(301))).toEqual({ ok: false, why: 'too_old' })
    })
    test.each(['{', 'null', '[]', '"text"', '{"id":"evt_1"}', `{"id":1,"type":"x","data":{}}`])(
      'that are rightly signed and make no sense are refused: %s',
      async (body) => {
        const { signature } = world().signed(body)
        expect(await world().payments.readWebhook(body, signature)).toEqual({ ok: false, why: 'unreadable' })
      },
    )
    test('of a kind we do not know are kept as such', async () => {
      const { body } = await one()
      for (const kind of ['something.new', 'constructor']) {
        const changed = world().signed(
          body.replace(/"type":"(payment_confirmed|payment_intent.succeeded)"/, `"type":"${kind}"`),
        )
        expect(await world().payments.readWebhook(changed.body, changed.signature)).toMatchObject({
          ok: true,
          event: { type: 'unknown', name: kind, odd: false },
        })
      }
    })
  })
}
