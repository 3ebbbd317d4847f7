import { afterAll, beforeAll, describe, expect } from 'vitest'
import {
  keptSandboxWorld,
  type PaymentsWorld,
  sandboxWorld,
  stripeWorld,
} from '#tests/support/payment-worlds.ts'
import { debitsContract } from './payments/debits.ts'
import { deliveriesContract } from './payments/deliveries.ts'
import { hostedContract } from './payments/hosted.ts'
import { payingContract } from './payments/paying.ts'
import { returnsContract } from './payments/returns.ts'
import { wayToStripe } from './payments/way-to-stripe.ts'

describe.each([
  ['the sandbox', () => sandboxWorld()],
  ['the sandbox in PostgreSQL', keptSandboxWorld],
  ['Stripe', stripeWorld],
] as const)('the payments port: %s', (name, open) => {
  let world: PaymentsWorld
  beforeAll(async () => {
    world = await open()
  })
  afterAll(async () => {
    await world.close()
    expect(world.breaches(), 'requests, answers and events are as in the vendor’s own document').toEqual([])
  })
  payingContract(() => world)
  hostedContract(() => world, name)
  debitsContract(() => world)
  deliveriesContract(() => world)
  // The last: from then on refunds take their time.
  returnsContract(() => world)
})

describe('the way to Stripe', wayToStripe)
