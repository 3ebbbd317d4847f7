import type { ReactNode } from 'react'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '../button/button.tsx'
import { Card } from '../card/card.tsx'
import { Details } from '../details/details.tsx'
import type { FieldError } from '../forms/field.tsx'
import { Textarea, TextField } from '../forms/text-field.tsx'
import { Notice } from '../notice/notice.tsx'
import { tel, type Whose } from '../week/words.ts'

export interface VisitAnswersProps {
  page: {
    person: Whose & { id: string }
    provider: { name: string; phone: string | null }
    council: { name: string; urgentPhone: string }
    outcome: string | null
    cost: number
    quoted: number
    canConfirm: boolean
    canDispute: boolean
    canAccept: boolean
    canSayMissed: boolean
    agreement: {
      most: number
      theirs: { minutes: number; words: string; pence: number } | null
      own: string | null
    } | null
    cancel: { fee: number; freeUntil: string | null } | null
    cancelling: string
    mayConfirm: boolean
    mayBook: boolean
  }
  errors: Readonly<Record<string, FieldError>> | null
  /** The form about what was different stands open. */
  different: boolean
  /** What was typed, when it comes back. */
  reason: string | undefined
  /** Minutes as they were typed, when they come back. */
  minutes: string | undefined
}

/** What can be pressed about a visit as it stands; a supporter without the scope reads why there is no button. */
export function VisitAnswers(props: VisitAnswersProps) {
  const { page } = props
  const toConfirm = page.canConfirm || page.canDispute || page.canAccept || page.canSayMissed
  return (
    <>
      {toConfirm && !page.mayConfirm ? (
        <Notice tone="plain">
          <p>
            You may not say whether a visit happened for {page.person.shortName}. They, or their council, can
            change what you may do.
          </p>
        </Notice>
      ) : null}
      {toConfirm && page.mayConfirm ? <Happened {...props} /> : null}
      {page.cancel ? <Cancel page={page} cancel={page.cancel} /> : null}
    </>
  )
}

function Happened({ page, errors, different, reason, minutes }: VisitAnswersProps) {
  return (
    <Card labelledBy="happened">
      <h2 id="happened">
        {page.canSayMissed
          ? 'Nobody has come?'
          : page.canAccept
            ? page.agreement?.theirs
              ? 'What they say now'
              : 'How long was it?'
            : 'Did this visit happen?'}
      </h2>
      {page.canConfirm ? (
        <Press page={page} intent="yes">
          <Button size="big">Yes, it did</Button>
        </Press>
      ) : null}
      {page.canSayMissed ? (
        <>
          <p>
            {page.provider.phone ? (
              <>
                Ring {page.provider.name} first: <a href={tel(page.provider.phone)}>{page.provider.phone}</a>
                .{' '}
              </>
            ) : null}
            {page.person.self
              ? 'If you are not safe on your own'
              : `If ${page.person.shortName} is not safe alone`}
            , ring {page.council.name} on{' '}
            <a href={tel(page.council.urgentPhone)}>{page.council.urgentPhone}</a>, day or night.
          </p>
          <Press page={page} intent="missed">
            <Button kind="second">Say that nobody came</Button>
          </Press>
          <p className="small soft">
            They have 48 hours to answer. If they agree, or say nothing, the money comes back.
          </p>
        </>
      ) : null}
      {page.canAccept ? (
        <>
          {page.agreement ? (
            <Agree page={page} agreement={page.agreement} errors={errors} minutes={minutes} />
          ) : null}
          <Details summary={page.agreement?.theirs ? 'It was as they said at first' : 'It was as they said'}>
            <p>
              Then <strong className="num">{pounds(page.cost)}</strong> is paid.
            </p>
            <Press page={page} intent="accept">
              <Button kind="second">It was as they said</Button>
            </Press>
          </Details>
        </>
      ) : null}
      {page.canDispute ? (
        <div id="different">
          <Details
            summary={page.outcome === 'no_answer' ? 'That is not right' : 'Something was different'}
            open={different || !page.canConfirm}
          >
            <form method="post" className="stack" noValidate>
              <Hidden page={page} intent="different" />
              <Textarea
                name="reason"
                label="What was different?"
                hint={`${page.provider.name} reads this. For example: she left after half an hour. Nothing is paid until you both agree.`}
                rows={3}
                defaultValue={reason ?? ''}
                error={errors?.['reason']}
              />
              <Button kind="second">Tell them</Button>
            </form>
          </Details>
        </div>
      ) : null}
    </Card>
  )
}

/** Their word, if there is one, to say yes to; and one's own. */
function Agree({
  page,
  agreement,
  errors,
  minutes,
}: {
  page: VisitAnswersProps['page']
  agreement: NonNullable<VisitAnswersProps['page']['agreement']>
  errors: VisitAnswersProps['errors']
  minutes: string | undefined
}) {
  const { theirs, own, most } = agreement
  return (
    <>
      {theirs ? (
        <>
          <p>
            {page.provider.name} says it was <strong>{theirs.words}</strong>. If you say yes,{' '}
            <strong className="num">{pounds(theirs.pence)}</strong> is paid.
          </p>
          <Press page={page} intent="say">
            <input type="hidden" name="minutes" value={theirs.minutes} />
            <Button size="big">Yes, {theirs.words}</Button>
          </Press>
        </>
      ) : own ? (
        <p>
          {page.person.self ? 'You said' : 'It was said'} that it was <strong>{own}</strong>.{' '}
          {page.provider.name} has not answered yet.
        </p>
      ) : null}
      <form method="post" className="stack" noValidate>
        <Hidden page={page} intent="say" />
        <TextField
          name="minutes"
          label={own ? 'Say another number of minutes' : 'How many minutes were they there?'}
          hint={`From 0 to ${String(most)}. 0 means that nobody came. ${page.provider.name} is asked to agree.`}
          width={4}
          inputMode="numeric"
          defaultValue={minutes ?? ''}
          error={errors?.['minutes']}
        />
        <Button kind="second">Tell them</Button>
      </form>
    </>
  )
}

function Cancel({
  page,
  cancel,
}: {
  page: VisitAnswersProps['page']
  cancel: { fee: number; freeUntil: string | null }
}) {
  return (
    <section className="stack" aria-labelledby="cancel">
      <h2 id="cancel">Change or cancel</h2>
      <p>{page.cancelling}</p>
      {page.mayBook ? (
        <Details summary="Cancel this visit">
          <form method="post" className="stack">
            <Hidden page={page} intent="cancel" />
            <input type="hidden" name="expectedFee" value={cancel.fee} />
            <p>
              {cancel.fee === 0 ? (
                <>
                  Cancelling now costs <strong>nothing</strong>. All the money set aside comes back at once.
                  {cancel.freeUntil ? ` It is free until ${cancel.freeUntil}.` : ''}
                </>
              ) : (
                <>
                  It is too late to cancel free. Cancelling now costs{' '}
                  <strong className="num">{pounds(cancel.fee)}</strong> of {pounds(page.quoted)}; the rest
                  comes back.
                </>
              )}
            </p>
            <Button kind="danger">
              {cancel.fee === 0 ? 'Cancel this visit' : `Cancel and pay ${pounds(cancel.fee)}`}
            </Button>
          </form>
        </Details>
      ) : (
        <p className="small soft">
          You may not cancel visits for {page.person.shortName}. They, or their council, can change what you
          may do.
        </p>
      )}
    </section>
  )
}

function Press({
  page,
  intent,
  children,
}: {
  page: { person: { id: string } }
  intent: string
  children: ReactNode
}) {
  return (
    <form method="post">
      <Hidden page={page} intent={intent} />
      {children}
    </form>
  )
}

function Hidden({ page, intent }: { page: { person: { id: string } }; intent: string }) {
  return (
    <>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="personId" value={page.person.id} />
    </>
  )
}
