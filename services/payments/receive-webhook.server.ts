import type { Prisma } from '#services/db/generated/client.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import type { WebhookRefusal } from '#services/ports/payment-events.ts'
import type { Deps } from '#services/ports/deps.ts'

const SOURCE = 'payments'
const HANDLE_JOB = 'handle_webhook'

/**
 * Takes in one delivery of the payment service: checks its signature and age, stores what it says, and has it handled
 * afterwards. What was stored before is 'known', and nothing happens a second time.
 * @param body as it came, byte for byte: the signature is over it
 */
export async function receiveWebhook(
  deps: Pick<Deps, 'db' | 'clock' | 'payments'>,
  body: string | Uint8Array,
  signature: string | null,
): Promise<'stored' | 'known' | { refused: WebhookRefusal }> {
  const answer = await deps.payments.readWebhook(body, signature)
  if (!answer.ok) return { refused: answer.why }
  const { event } = answer
  const id = newId()
  return deps.db.tx(async (tx) => {
    const { count } = await tx.webhookEvent.createMany({
      data: [
        {
          id,
          source: SOURCE,
          externalId: event.id,
          kind: event.type === 'unknown' ? event.name : event.type,
          // Moments become text here; webhook-event.schema.ts makes them whole again.
          event: JSON.parse(JSON.stringify(event)) as Prisma.InputJsonValue,
          receivedAt: toDate(deps.clock.now()),
        },
      ],
      skipDuplicates: true,
    })
    if (count === 0) return 'known'
    await addJob(tx, HANDLE_JOB, { eventId: id })
    return 'stored'
  })
}

/** Job: brings the sandbox's own events in by the road that a real service's take. Nothing to do where money moves. */
export async function deliverSandboxEvents(
  deps: Pick<Deps, 'db' | 'clock' | 'payments' | 'log'>,
): Promise<number> {
  const { sandbox } = deps.payments
  if (!sandbox) return 0
  const some = await sandbox.deliveries(200)
  for (const { body, signature } of some) {
    const received = await receiveWebhook(deps, body, signature)
    if (typeof received !== 'string') deps.log.error({ why: received.refused }, 'an own event was refused')
  }
  await sandbox.delivered(some.map(({ id }) => id))
  return some.length
}
