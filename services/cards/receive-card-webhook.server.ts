import type { Prisma } from '#services/db/generated/client.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import type { CardReply } from '#services/ports/cards.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { WebhookRefusal } from '#services/ports/payment-events.ts'
import { authorisePurchase } from './authorise-purchase.server.ts'

const SOURCE = 'cards'
const HANDLE_JOB = 'handle_card_event'
type Needs = Pick<Deps, 'db' | 'clock' | 'cards' | 'log'>

/**
 * Takes in one delivery of the card scheme: its signature and age are checked, a question is answered from the ledger at once,
 * and what it tells is stored before it is answered and handled afterwards. What was stored before changes nothing.
 * @param body as it came, byte for byte: the signature is over it
 * @returns what to send back, word for word
 */
export async function receiveCardWebhook(
  deps: Needs,
  body: string | Uint8Array,
  signature: string | null,
): Promise<CardReply | { refused: WebhookRefusal }> {
  const answer = await deps.cards.receive(body, signature, (request) => authorisePurchase(deps, request))
  if (!answer.ok) return { refused: answer.why }
  const { event, reply } = answer
  if (!event) return reply
  const id = newId()
  await deps.db.tx(async (tx) => {
    const { count } = await tx.webhookEvent.createMany({
      data: [
        {
          id,
          source: SOURCE,
          externalId: event.id,
          kind: event.type === 'unknown' ? event.name : event.type,
          // Moments become text here; card-event.schema.ts makes them whole again.
          event: JSON.parse(JSON.stringify(event)) as Prisma.InputJsonValue,
          receivedAt: toDate(deps.clock.now()),
        },
      ],
      skipDuplicates: true,
    })
    if (count > 0) await addJob(tx, HANDLE_JOB, { eventId: id })
  })
  return reply
}

/** Job: brings the emulator's own events in by the road that a real scheme's take. Nothing to do where money moves. */
export async function deliverCardEvents(deps: Needs): Promise<number> {
  const { emulator } = deps.cards
  if (!emulator) return 0
  const some = await emulator.deliveries(200)
  for (const { body, signature } of some) {
    const received = await receiveCardWebhook(deps, body, signature)
    if ('refused' in received) deps.log.error({ why: received.refused }, 'an own event was refused')
  }
  await emulator.delivered(some.map(({ id }) => id))
  return some.length
}
