import { data } from '@remix-run/node'
import { notFound } from '#services/kernel/errors.ts'
import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import { giveRefund, refuseRefund } from '#services/refunds/decide-refund.server.ts'
import { previewRefund } from '#services/refunds/refund-pages.server.ts'
import { giveRefundSchema, refuseRefundSchema } from '#services/refunds/refund.schema.ts'
import { answer, text, valuesOf } from './answer.server.ts'
import { redirectWithNotice } from './notice.server.ts'

/**
 * The presses on a page where a refund is decided: look what it would do, give, or say no. The same for a provider and a
 * council. Nothing is kept between looking and giving but what stands in the form.
 */
export function refundPress(
  deps: Deps,
  actor: Actor,
  form: FormData,
  { visitId, as, here }: { visitId: string; as: 'provider' | 'council'; here: string },
) {
  const refundId = text(form, 'refundId') || null
  return answer(form, async () => {
    switch (text(form, 'intent')) {
      case 'check': {
        const { pence } = giveRefundSchema.parse(valuesOf(form))
        const preview = await previewRefund(deps, actor, { visitId, as, pence })
        return data({ errors: {}, values: valuesOf(form), preview })
      }
      case 'change':
        return data({ errors: {}, values: valuesOf(form) })
      case 'give': {
        const { pence, why } = giveRefundSchema.parse(valuesOf(form))
        await giveRefund(deps, actor, { visitId, as, pence, why, refundId })
        return redirectWithNotice(here, 'Decided. The page says where the money is now.')
      }
      case 'refuse': {
        if (refundId === null) throw notFound()
        const { refusal } = refuseRefundSchema.parse(valuesOf(form))
        await refuseRefund(deps, actor, { visitId, as, refundId, why: refusal })
        return redirectWithNotice(here, 'Said no. They have been told, and why.')
      }
      default:
        throw notFound()
    }
  })
}
