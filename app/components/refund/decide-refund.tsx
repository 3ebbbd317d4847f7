import { pounds } from '#services/kernel/money.ts'
import { Button } from '../button/button.tsx'
import { Details } from '../details/details.tsx'
import { AmountFields, type PreviewProps, RefundPreview, WhyField } from './refund-parts.tsx'

interface DecideProps {
  by: 'provider' | 'council'
  visit: { left: number; person: { shortName: string }; open: { id: string; pence: number } | null }
  answered:
    | {
        errors: Record<string, string[]>
        values: Readonly<Record<string, string | string[]>>
        preview?: PreviewProps['preview']
      }
    | undefined
}

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? ''

/** What was typed goes with the next press. */
function Kept({ values }: { values: Readonly<Record<string, string | string[]>> }) {
  return (
    <>
      {['how', 'amount', 'why', 'refundId'].map((name) => (
        <input key={name} type="hidden" name={name} value={one(values[name])} />
      ))}
    </>
  )
}

/** Decide how much is given back: answer, check, done. */
export function DecideRefund({ by, visit, answered }: DecideProps) {
  const { open, left } = visit
  if (answered?.preview)
    return (
      <section className="stack" aria-labelledby="check">
        <h2 id="check">Check what you decide</h2>
        <RefundPreview preview={answered.preview} person={visit.person.shortName} by={by} />
        <p>You say why: “{one(answered.values['why'])}”</p>
        <form method="post" className="row-s">
          <Kept values={answered.values} />
          <Button name="intent" value="give">
            Give {pounds(answered.preview.pence)} back
          </Button>
          <Button name="intent" value="change" kind="second">
            Change it
          </Button>
        </form>
      </section>
    )
  const values: Readonly<Record<string, string | string[]>> = answered?.values ?? {
    how: open && open.pence < left ? 'part' : '',
    amount: open && open.pence < left ? (open.pence / 100).toFixed(2) : '',
  }
  return (
    <section className="stack" aria-labelledby="decide">
      <h2 id="decide">{open ? 'Your answer' : 'Give money back'}</h2>
      <form method="post" className="stack" noValidate>
        {open ? <input type="hidden" name="refundId" value={open.id} /> : null}
        <AmountFields left={left} values={values} errors={answered?.errors} />
        <WhyField
          name="why"
          label="Why?"
          hint={`${visit.person.shortName} reads it.`}
          values={values}
          errors={answered?.errors}
        />
        <p>
          <Button name="intent" value="check">
            Go on and check
          </Button>
        </p>
      </form>
      {open ? (
        <Details kind="box" summary="Say no" open={Boolean(answered?.errors['refusal'])}>
          <form method="post" className="stack" noValidate>
            <input type="hidden" name="refundId" value={open.id} />
            <WhyField
              name="refusal"
              label="Why not?"
              hint={`${visit.person.shortName} reads it, and may complain.`}
              values={values}
              errors={answered?.errors}
            />
            <p>
              <Button name="intent" value="refuse" kind="second">
                Say no
              </Button>
            </p>
          </form>
        </Details>
      ) : null}
    </section>
  )
}
