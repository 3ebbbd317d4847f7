import { Button } from '../button/button.tsx'
import { Details } from '../details/details.tsx'
import { Checkbox, Radios } from '../forms/choices.tsx'
import { MoneyField, TextField } from '../forms/text-field.tsx'

interface Programme {
  id: string
  name: string
  form: Readonly<
    Record<'name' | 'allowed' | 'blocked' | 'because' | 'atOnce' | 'aDay' | 'aMonth' | 'cashADay', string>
  > & {
    cash: boolean
  }
}

/** What is agreed for one card scheme. `typed` and `errors` are of this form, when it was sent and refused. */
export function ProgrammeForm({
  councilId,
  programme,
  kinds,
  typed,
  errors,
}: {
  councilId: string
  programme: Programme | null
  kinds: readonly { code: string; name: string }[]
  typed: Readonly<Record<string, string | string[]>> | null
  errors: Readonly<Record<string, readonly string[]>>
}) {
  const at = programme?.id ?? 'new'
  const value = (name: Exclude<keyof Programme['form'], 'cash'>): string => {
    const given = typed?.[name]
    return typeof given === 'string' ? given : (programme?.form[name] ?? '')
  }
  const of = (name: Exclude<keyof Programme['form'], 'cash'>) => ({
    name,
    id: `${name}-${at}`,
    defaultValue: value(name),
    error: errors[name],
  })
  return (
    <form method="post" className="stack" noValidate>
      <input type="hidden" name="intent" value="scheme" />
      <input type="hidden" name="councilId" value={councilId} />
      <input type="hidden" name="programmeId" value={programme?.id ?? ''} />
      <TextField {...of('name')} label="Name of the card scheme" />
      {programme ? (
        <input type="hidden" name="runs" value="asks" />
      ) : (
        <Radios
          name="runs"
          id={`runs-${at}`}
          label="How does Kith hear of purchases?"
          options={[
            {
              value: 'asks',
              label: 'It is asked before each one',
              hint: 'The limits and the fund decide at once.',
            },
            {
              value: 'file',
              label: 'The scheme sends a file',
              hint: 'What was paid is taken in afterwards.',
            },
          ]}
          defaultValue={typeof typed?.['runs'] === 'string' ? typed['runs'] : 'asks'}
          error={errors['runs']}
        />
      )}
      <TextField
        {...of('allowed')}
        label="Works only in these kinds of shop"
        hint="Codes of four figures with commas between. Empty: in all."
      />
      <TextField
        {...of('blocked')}
        label="Does not work in these kinds of shop"
        hint="Codes of four figures with commas between. Fill in this or the one above."
      />
      <TextField {...of('because')} label="Why" hint="People read this when a purchase is refused." />
      <Details summary="Codes of kinds of shop">
        <ul>
          {kinds.map(({ code, name }) => (
            <li key={code}>
              {code} {name}
            </li>
          ))}
        </ul>
      </Details>
      <MoneyField {...of('atOnce')} label="Most for one purchase" hint="Empty: no limit but the fund." />
      <MoneyField {...of('aDay')} label="Most in a day" />
      <MoneyField {...of('aMonth')} label="Most in a month" />
      <Checkbox
        name="cash"
        id={`cash-${at}`}
        label="Cash from machines is agreed"
        defaultChecked={typed ? typed['cash'] === 'yes' : (programme?.form.cash ?? false)}
      />
      <MoneyField {...of('cashADay')} label="Most cash in a day" />
      <Button>
        {programme ? 'Save what is agreed' : 'Set up this scheme'}
        {programme ? <span className="vh">: {programme.name}</span> : null}
      </Button>
    </form>
  )
}
