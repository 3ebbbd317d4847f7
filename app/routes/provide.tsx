import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { KIND_CHOICES, LEGAL_FORM_CHOICES, SIZE_CHOICES } from '#services/providers/kinds.ts'
import { signUpPage } from '#services/providers/sign-up-page.server.ts'
import { signUpProvider } from '#services/providers/sign-up-provider.server.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { Panel } from '~/components/card/card.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Select } from '~/components/forms/select.tsx'
import { TextField } from '~/components/forms/text-field.tsx'
import { type FormValues, field } from '~/components/listing/values.ts'
import {
  BoardFields,
  ContactFields,
  NumberFields,
  WhoYouAreFields,
} from '~/components/provider/details-fields.tsx'
import { answer, readForm, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Offer support on Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ actor, deps, url }) => {
    const claim = url.searchParams.get('claim')
    return {
      page: actor.kind === 'user' ? await signUpPage(deps, actor, claim) : null,
      signIn: `/sign-in?next=${encodeURIComponent(`/provide${url.search}`)}`,
      lists: { kinds: KIND_CHOICES, legalForms: LEGAL_FORM_CHOICES, sizes: SIZE_CHOICES },
    }
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ actor, deps, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const { providerId } = await signUpProvider(deps, actor, valuesOf(form))
      return redirectWithNotice(
        `/provider/services?org=${providerId}`,
        'Your organisation is set up. Nobody sees it yet. List what you offer next.',
      )
    })
  })

export default function Provide() {
  const { page, signIn } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack-l">
      <header className="stack-s">
        <h1>Offer support on Kith</h1>
        <p className="lead">
          Be found by people near you, take bookings that you can keep, and be paid on time. Listing costs
          nothing, and nobody can pay to stand first.
        </p>
      </header>
      {page ? (
        <SignUp />
      ) : (
        <>
          <ol className="stack-s">
            <li>You say who you are and what kind of organisation.</li>
            <li>You list what you offer, one question at a time. You can stop and go on another day.</li>
            <li>We check who you are and, for personal care, your CQC registration.</li>
            <li>People find you and ask. Nothing is booked until you say yes.</li>
          </ol>
          <p>
            <LinkButton href={signIn} size="big">
              Sign in to start
            </LinkButton>
          </p>
          <p>You need an e-mail address. There is no password.</p>
        </>
      )}
    </div>
  )
}

function SignUp() {
  const { page, lists } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  if (!page) return null
  const { claim, councils } = page
  const values: FormValues = answered?.values ?? {
    ...(claim ? { name: claim.name, cqcProviderId: claim.cqcProviderId } : {}),
  }
  const props = { values, errors: answered?.errors }
  return (
    <>
      <ErrorSummary errors={answered?.errors} />
      {claim ? (
        <Panel tone="sand" labelledBy="claim">
          <h2 id="claim">You are taking over {claim.name}</h2>
          <p>
            It is known from the register of the Care Quality Commission under {claim.cqcProviderId}, with{' '}
            {claim.places.length === 1 ? 'one place' : `${String(claim.places.length)} places`}. We check that
            it is yours; until then its page stays as it is.
          </p>
        </Panel>
      ) : null}
      <form method="post" className="stack-l" noValidate>
        <section className="stack" aria-labelledby="who-you-are">
          <h2 id="who-you-are">Who you are</h2>
          <WhoYouAreFields {...props} lists={lists} />
        </section>
        <section className="stack" aria-labelledby="in-charge">
          <h2 id="in-charge">Who is in charge</h2>
          <Radios
            {...field(props, 'userLed')}
            label="Is it run by people who use support themselves?"
            hint="User-led means that at least 75 in every 100 of those who vote on your board have lived experience. We ask for evidence before we show it."
            options={[
              { value: 'yes', label: 'Yes' },
              { value: 'no', label: 'No, or not yet so many' },
            ]}
          />
          <BoardFields {...props} summary="If yes: say how many they are" />
          <TextField
            {...field(props, 'ultimateOwner')}
            label="Does somebody else own you in the end?"
            hint="Such as a group of companies. Write its name, or leave this empty."
            maxLength={160}
          />
        </section>
        <section className="stack" aria-labelledby="where">
          <h2 id="where">Where, and how to reach you</h2>
          <Select
            {...field(props, 'councilId')}
            label="In which council’s area do you mostly work?"
            options={[
              ...councils.map((council) => ({ value: council.id, label: council.name })),
              { value: 'none', label: 'Another council' },
            ]}
            firstLine="Choose one"
            required
          />
          <ContactFields {...props} />
        </section>
        <section className="stack" aria-labelledby="numbers">
          <h2 id="numbers">Numbers, if you have them</h2>
          <NumberFields {...props} />
        </section>
        <p>
          <Button size="big">Set up my organisation</Button>
        </p>
        <p className="small soft">
          Nothing is shown to anybody until you send in a listing and it has been checked.
        </p>
      </form>
    </>
  )
}
