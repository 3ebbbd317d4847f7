import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { auditPurchase } from '#services/purchases/audit-purchase.server.ts'
import {
  councilPurchasePage,
  type CouncilPurchasePage,
} from '#services/purchases/council-purchase-page.server.ts'
import { decidePurchase } from '#services/purchases/decide-purchase.server.ts'
import { giveEvidenceByCouncil } from '#services/purchases/evidence.server.ts'
import { setAsideAsAdviser } from '#services/purchases/order-purchase.server.ts'
import { recordPaidByCouncil } from '#services/purchases/pay-purchase.server.ts'
import { recordRefundByCouncil } from '#services/purchases/refund-purchase.server.ts'
import { Details } from '~/components/details/details.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import {
  AuditForm,
  DecideForm,
  PaidForm,
  ReceiptForm,
  RefundForm,
  SetAsideForm,
} from '~/components/purchases/council-forms.tsx'
import { Papers, PurchaseSummary } from '~/components/purchases/purchase-summary.tsx'
import { STATE_WORDS } from '~/components/purchases/state-words.ts'
import { Tag } from '~/components/tag/tag.tsx'
import { answer, fileOf, readFormWithFile, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, typedDate, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'A purchase – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => councilPurchasePage(deps, actor, params['purchaseId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params, url }) => {
    const form = await readFormWithFile(request)
    const given = { ...valuesOf(form), purchaseId: params['purchaseId'] ?? '' }
    const back = (words: string) => redirectWithNotice(url.pathname, words)
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'decide': {
          const decided = await decidePurchase(deps, actor, given)
          return back(
            decided === 'refused'
              ? 'Saved: not agreed. They are told why.'
              : decided === 'agreed'
                ? 'Saved: agreed. They are told.'
                : 'Saved: you agree. It waits for the person’s own yes.',
          )
        }
        case 'set_aside':
          await setAsideAsAdviser(deps, actor, given)
          return back('The money is set aside.')
        case 'paid':
          await recordPaidByCouncil(deps, actor, { ...given, paidOn: readDate(form, 'paidOn') })
          return back('It is written down as paid. They are told.')
        case 'refund':
          await recordRefundByCouncil(deps, actor, given)
          return back('It is written down. The money is back where it came from.')
        case 'receipt':
          await giveEvidenceByCouncil(deps, actor, { ...given, file: await fileOf(form, 'file') })
          return back('The receipt is kept.')
        case 'audit':
          await auditPurchase(deps, actor, given)
          return back('Saved: you have looked at it.')
        default:
          throw notFound()
      }
    })
  })

export default function CouncilPurchase() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { may } = page
  const form = {
    intent: typed(answered, 'intent') ?? '',
    errors: answered?.errors,
    value: (name: string) => typed(answered, name),
    paidOn: typedDate(answered, 'paidOn'),
  }
  return (
    <div className="narrow stack-l">
      <BackLink href="/council/purchases">Purchases</BackLink>
      <ErrorSummary errors={answered?.errors} ids={{ seen: 'finding', purchaseId: 'finding' }} />
      <header className="stack-s">
        <h1>
          {page.what}, for {page.person.name}
        </h1>
        <p>
          <Tag tone={STATE_WORDS[page.state].tone}>{STATE_WORDS[page.state].words}</Tag>
        </p>
        {page.audit.flagged ? (
          <Notice tone="warn" title="Finance asks about it" level={2}>
            <p>{page.audit.note}</p>
          </Notice>
        ) : null}
      </header>
      <PurchaseSummary facts={page} more={moreRows(page)} />
      <p>
        {page.fund} can pay for {page.canBuy}.{' '}
        {page.ceiling === null ? '' : `It pays up to ${pounds(page.ceiling)} for each hour, visit or item. `}
        {pounds(page.left)} is left in it today. {page.receipts}
      </p>
      {may.decide ? <DecideForm {...form} /> : null}
      {page.state === 'proposed' && !may.decide ? <p>{waitsFor(page)}</p> : null}
      {may.setAside ? <SetAsideForm pence={page.pence} fund={page.fund} /> : null}
      {may.record ? <PaidForm {...form} pence={page.pence} /> : null}
      {page.state === 'paid' ? (
        <section className="stack" aria-labelledby="papers">
          <h2 id="papers">Receipts</h2>
          {page.asksForReceipt ? (
            <Papers papers={page.papers} base="/council/purchases/evidence" />
          ) : (
            <p>None is asked for.</p>
          )}
          {may.giveEvidence ? <ReceiptForm {...form} /> : null}
        </section>
      ) : null}
      {may.audit ? <AuditForm {...form} audit={page.audit} /> : null}
      {may.refund ? (
        <Details summary="The seller gave money back" open={form.intent === 'refund'}>
          <RefundForm {...form} />
        </Details>
      ) : null}
    </div>
  )
}

function moreRows(page: CouncilPurchasePage) {
  const on = (day: string, by: string | null): string => (by ? `${day}, by ${by}` : day)
  return [
    { term: 'Put forward', value: on(page.proposedOn, page.by) },
    ...(page.personAgreedOn ? [{ term: 'The person said yes', value: page.personAgreedOn }] : []),
    ...(page.agreedOn
      ? [{ term: 'Agreed', value: on(page.agreedOn, page.agreedBy ?? 'the rule of this fund') }]
      : []),
    ...(page.adviser ? [{ term: 'Held by', value: page.adviser }] : []),
    ...(page.recordedBy && page.paid ? [{ term: 'Written down as paid by', value: page.recordedBy }] : []),
    ...(page.audit.on ? [{ term: 'Looked at', value: on(page.audit.on, page.audit.by) }] : []),
    ...(page.audit.note && !page.audit.flagged ? [{ term: 'Note of finance', value: page.audit.note }] : []),
  ]
}

function waitsFor(page: CouncilPurchasePage): string {
  if (page.agreedOn) return `It waits for the yes of ${page.person.shortName}.`
  if (page.decider === 'finance') return 'It is above what an adviser may agree alone: finance decides.'
  if (page.decider === 'named_adviser')
    return `It waits for ${page.adviser ?? 'the adviser who holds the fund'}.`
  return 'It waits for an adviser.'
}
