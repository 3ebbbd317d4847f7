import { z } from 'zod'
import { forgetOldSignIns } from '#services/accounts/count-tries.server.ts'
import { confirmRecorded } from '#services/bookings/confirm-recorded.server.ts'
import { confirmBySilence } from '#services/bookings/confirm-visits.server.ts'
import { expireRequests } from '#services/bookings/end-booking.server.ts'
import { endMissedVisits } from '#services/bookings/resolve-visit.server.ts'
import { tellOfRequest } from '#services/bookings/tell-of-request.server.ts'
import { applyDeployments } from '#services/budgets/change-deployment.server.ts'
import { closeFunds } from '#services/budgets/close-funds.server.ts'
import { tellOfRules } from '#services/budgets/fund-rules.server.ts'
import { endVouchers } from '#services/budgets/end-vouchers.server.ts'
import { receiveInstalments } from '#services/budgets/receive-instalments.server.ts'
import { tellShortFunds } from '#services/budgets/tell-short-funds.server.ts'
import { setCardControls } from '#services/cards/save-programme.server.ts'
import { handleCardEvent } from '#services/cards/handle-card-event.server.ts'
import { loadCards } from '#services/cards/load-cards.server.ts'
import { deliverCardEvents } from '#services/cards/receive-card-webhook.server.ts'
import { indexServices } from '#services/catalogue/index-services.server.ts'
import { reindexServices } from '#services/catalogue/reindex-services.server.ts'
import { pushEntries, rebuildIndex } from '#services/discovery/push-entries.server.ts'
import { entryReaders } from './entry-readers.server.ts'
import { noteLayout } from '#services/discovery/layout.server.ts'
import { tellSavedSearches } from '#services/discovery/tell-saved-searches.server.ts'
import { reindexPlaces } from '#services/imports/reindex-places.server.ts'
import { takeOffStale } from '#services/catalogue/take-off-stale.server.ts'
import { issueInvoices } from '#services/invoicing/issue-invoices.server.ts'
import { chargeSettledWeeks } from '#services/contributions/charge-weeks.server.ts'
import { askForWord } from '#services/holding/ask-for-word.server.ts'
import { takeFees } from '#services/holding/fees.server.ts'
import { findBreaches } from '#services/holding/find-breaches.server.ts'
import { openAllTimesheets } from '#services/employing/open-timesheets.server.ts'
import { payWaitingWages } from '#services/employing/pay-wages.server.ts'
import { mailNotices } from '#services/messages/mail-notices.server.ts'
import { activatePayees } from '#services/payees/activate-payees.server.ts'
import { clearPhotoFiles } from '#services/photos/clear-photo-files.server.ts'
import { retryPayments } from '#services/payments/ask-to-pay.server.ts'
import { announceDebits, collectDebits } from '#services/payments/collect-debits.server.ts'
import { handleWebhook } from '#services/payments/handle-webhook.server.ts'
import { deliverSandboxEvents } from '#services/payments/receive-webhook.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { mailInvitation } from '#services/providers/add-member.server.ts'
import { reconcile } from '#services/reconciliation/reconcile.server.ts'
import { returnMoney } from '#services/refunds/return-money.server.ts'
import { payVisits } from '#services/settlement/pay-visits.server.ts'
import { endSupportRequests } from '#services/requests/end-requests.server.ts'
import { tellOfSupportRequest } from '#services/requests/tell-of-support-request.server.ts'
import { settleDueVisits, settleVisits } from '#services/settlement/settle-visits.server.ts'
import { reclaimSurplus } from '#services/surplus/answer-surplus.server.ts'
import { findSurplus } from '#services/surplus/find-surplus.server.ts'
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
const requestId = z.object({ requestId: z.uuid() })
const visitIds = z.object({ visitIds: z.array(z.uuid()) })
const refundId = z.object({ refundId: z.uuid() })
const weeks = z.object({ weeks: z.array(z.string()) })
const ofRules = z.object({ streamId: z.uuid(), after: z.uuid().nullable() })
const eventId = z.object({ eventId: z.uuid() })
const ofProgramme = z.object({ programmeId: z.uuid(), round: z.uuid() })
const entryIds = z.object({ ids: z.array(z.uuid()) })
const serviceIds = z.object({ serviceIds: z.array(z.uuid()) })

/** Every task by the name that `addJob` uses. A domain adds a line. */
export const tasks: Readonly<Record<string, Task>> = {
  send_mail: sendMail,
  mail_notices: (deps, payload) => mailNotices(deps, noticeIds.parse(payload).noticeIds),
  forget_old_sign_ins: (deps) => forgetOldSignIns(deps),
  settle_visits: async (deps, payload) => void (await settleVisits(deps, visitIds.parse(payload).visitIds)),
  settle_due_visits: async (deps) => void (await settleDueVisits(deps)),
  pay_visits: async (deps, payload) => void (await payVisits(deps, visitIds.parse(payload).visitIds)),
  issue_invoices: async (deps) => void (await issueInvoices(deps)),
  return_money: (deps, payload) => returnMoney(deps, refundId.parse(payload).refundId),
  charge_weeks: (deps, payload) => chargeSettledWeeks(deps, weeks.parse(payload).weeks),
  announce_debits: async (deps) => void (await announceDebits(deps)),
  collect_debits: async (deps) => void (await collectDebits(deps)),
  retry_payments: async (deps) => void (await retryPayments(deps)),
  handle_webhook: async (deps, payload) => void (await handleWebhook(deps, eventId.parse(payload).eventId)),
  deliver_sandbox_events: async (deps) => void (await deliverSandboxEvents(deps)),
  handle_card_event: async (deps, payload) =>
    void (await handleCardEvent(deps, eventId.parse(payload).eventId)),
  set_card_controls: (deps, payload) => setCardControls(deps, ofProgramme.parse(payload)),
  deliver_card_events: async (deps) => void (await deliverCardEvents(deps)),
  load_cards: async (deps) => void (await loadCards(deps)),
  index_services: (deps, payload) =>
    deps.db.tx((tx) => indexServices(tx, deps.clock.now(), serviceIds.parse(payload).serviceIds)),
  reindex_search: async (deps) => {
    await reindexServices(deps)
    await reindexPlaces(deps)
    await noteLayout(deps.db)
  },
  tell_saved_searches: async (deps) => void (await tellSavedSearches(deps)),
  push_entries: (deps, payload) => pushEntries(deps, entryIds.parse(payload).ids, entryReaders),
  rebuild_index: async (deps) => void (await rebuildIndex(deps, entryReaders)),
  mail_invitation: mailInvitation,
  expire_checks: async (deps) => void (await expireChecks(deps)),
  take_off_stale: async (deps) => void (await takeOffStale(deps)),
  tell_of_request: (deps, payload) => tellOfRequest(deps, bookingId.parse(payload).bookingId),
  tell_of_support_request: (deps, payload) => tellOfSupportRequest(deps, requestId.parse(payload).requestId),
  end_support_requests: async (deps) => void (await endSupportRequests(deps)),
  expire_requests: async (deps) => void (await expireRequests(deps)),
  confirm_by_silence: async (deps) => void (await confirmBySilence(deps)),
  confirm_recorded: async (deps) => void (await confirmRecorded(deps)),
  activate_payees: async (deps) => void (await activatePayees(deps)),
  end_missed_visits: async (deps) => void (await endMissedVisits(deps)),
  apply_deployments: async (deps) => void (await applyDeployments(deps)),
  find_surplus: async (deps) => void (await findSurplus(deps)),
  reclaim_surplus: async (deps) => void (await reclaimSurplus(deps)),
  close_funds: async (deps) => void (await closeFunds(deps)),
  tell_of_rules: (deps, payload) => tellOfRules(deps, ofRules.parse(payload)),
  open_timesheets: async (deps) => void (await openAllTimesheets(deps)),
  pay_waiting_wages: async (deps) => void (await payWaitingWages(deps)),
  end_vouchers: async (deps) => void (await endVouchers(deps)),
  receive_instalments: async (deps) => void (await receiveInstalments(deps)),
  tell_short_funds: async (deps) => void (await tellShortFunds(deps)),
  take_fund_fees: async (deps) => void (await takeFees(deps)),
  find_fund_breaches: async (deps) => void (await findBreaches(deps)),
  reconcile: async (deps) => void (await reconcile(deps)),
  clear_photo_files: clearPhotoFiles,
  ask_for_word: async (deps) => void (await askForWord(deps)),
}
