import { z } from 'zod'
import { forgetOldSignIns } from '#services/accounts/count-tries.server.ts'
import { confirmBySilence } from '#services/bookings/confirm-visits.server.ts'
import { expireRequests } from '#services/bookings/end-booking.server.ts'
import { endMissedVisits } from '#services/bookings/resolve-visit.server.ts'
import { tellOfRequest } from '#services/bookings/tell-of-request.server.ts'
import { receiveInstalments } from '#services/budgets/receive-instalments.server.ts'
import { indexServices } from '#services/catalogue/index-services.server.ts'
import { takeOffStale } from '#services/catalogue/take-off-stale.server.ts'
import { mailNotices } from '#services/messages/mail-notices.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { mailInvitation } from '#services/providers/add-member.server.ts'
import { payVisit } from '#services/settlement/pay-visits.server.ts'
import { settleDueVisits, settleVisits } from '#services/settlement/settle-visits.server.ts'
import { expireChecks } from '#services/vetting/expire-checks.server.ts'

/** One kind of background work. It may run twice for one job: make the second time harmless. */
export type Task = (deps: Deps, payload: unknown) => Promise<void>

const mailMessage = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string().optional(),
  key: z.string(),
})

const sendMail: Task = async (deps, payload) => {
  const { html, ...message } = mailMessage.parse(payload)
  const delivery = await deps.mail.send({ ...message, ...(html === undefined ? {} : { html }) })
  if (delivery === 'refused') deps.log.warn({ task: 'send_mail' }, 'a mail was refused for good')
}

const bookingId = z.object({ bookingId: z.uuid() })
const noticeIds = z.object({ noticeIds: z.array(z.uuid()) })
const visitIds = z.object({ visitIds: z.array(z.uuid()) })
const visitId = z.object({ visitId: z.uuid() })
const serviceIds = z.object({ serviceIds: z.array(z.uuid()) })

/** Every task by the name that `addJob` uses. A domain adds a line. */
export const tasks: Readonly<Record<string, Task>> = {
  send_mail: sendMail,
  mail_notices: (deps, payload) => mailNotices(deps, noticeIds.parse(payload).noticeIds),
  forget_old_sign_ins: (deps) => forgetOldSignIns(deps),
  settle_visits: async (deps, payload) => void (await settleVisits(deps, visitIds.parse(payload).visitIds)),
  settle_due_visits: async (deps) => void (await settleDueVisits(deps)),
  pay_visits: async (deps, payload) => void (await payVisit(deps, visitId.parse(payload).visitId)),
  index_services: (deps, payload) =>
    deps.db.tx((tx) => indexServices(tx, deps.clock.now(), serviceIds.parse(payload).serviceIds)),
  mail_invitation: mailInvitation,
  expire_checks: async (deps) => void (await expireChecks(deps)),
  take_off_stale: async (deps) => void (await takeOffStale(deps)),
  tell_of_request: (deps, payload) => tellOfRequest(deps, bookingId.parse(payload).bookingId),
  expire_requests: async (deps) => void (await expireRequests(deps)),
  confirm_by_silence: async (deps) => void (await confirmBySilence(deps)),
  end_missed_visits: async (deps) => void (await endMissedVisits(deps)),
  receive_instalments: async (deps) => void (await receiveInstalments(deps)),
}
