import { Details } from '../details/details.tsx'
import { Radios } from '../forms/choices.tsx'
import { Select } from '../forms/select.tsx'
import { Textarea, TextField } from '../forms/text-field.tsx'
import { type FieldsProps, field, one } from '../listing/values.ts'

export interface OrganisationLists {
  kinds: readonly { value: string; label: string; hint: string }[]
  legalForms: readonly { value: string; label: string }[]
  sizes: readonly { value: string; label: string }[]
}

/** What an organisation is: asked at sign-up, changed under "Your organisation". */
export function WhoYouAreFields({ lists, ...props }: FieldsProps & { lists: OrganisationLists }) {
  return (
    <>
      <TextField
        {...field(props, 'name')}
        label="Name that people know you by"
        autoComplete="organization"
        maxLength={120}
        required
      />
      <Textarea
        {...field(props, 'about')}
        label="Who you are and what you do"
        hint="A few sentences, in your own words. People read it on your page."
        rows={5}
        required
      />
      <Radios
        {...field(props, 'kind')}
        label="What kind of organisation are you?"
        options={lists.kinds}
        look="box"
      />
      <Select
        {...field(props, 'legalForm')}
        label="What are you in law?"
        options={lists.legalForms}
        firstLine="Choose one"
        required
      />
      <Radios
        {...field(props, 'size')}
        label="How many people work with you?"
        hint="You included, paid or not, all hours."
        options={lists.sizes}
      />
    </>
  )
}

/** The numbers behind "user-led". */
export function BoardFields({ summary, ...props }: FieldsProps & { summary: string }) {
  const { values, errors } = props
  const open =
    one(values, 'userLed') === 'yes' || Boolean(errors?.['boardSize']) || Boolean(errors?.['boardLived'])
  return (
    <Details summary={summary} kind="box" open={open}>
      <TextField
        {...field(props, 'boardSize')}
        label="People who may vote on your board"
        width={4}
        inputMode="numeric"
      />
      <TextField
        {...field(props, 'boardLived')}
        label="Of them, with experience of using support"
        width={4}
        inputMode="numeric"
      />
    </Details>
  )
}

export function ContactFields(props: FieldsProps) {
  return (
    <>
      <TextField
        {...field(props, 'phone')}
        label="Telephone, for people who ask"
        hint="Everybody can see it. Not your private number."
        type="tel"
        autoComplete="tel"
        maxLength={24}
      />
      <TextField
        {...field(props, 'website')}
        label="Website, if you have one"
        type="url"
        hint="With https:// at the start."
        maxLength={200}
      />
    </>
  )
}

export function NumberFields(props: FieldsProps) {
  return (
    <>
      <p>Leave empty what you do not have. Most small providers have none of these.</p>
      <TextField
        {...field(props, 'cqcProviderId')}
        label="CQC provider id"
        hint="If you give personal care. It looks like 1-101234567."
        maxLength={20}
        spellCheck={false}
      />
      <TextField
        {...field(props, 'charityNumber')}
        label="Charity number"
        width={8}
        maxLength={12}
        spellCheck={false}
      />
      <TextField
        {...field(props, 'companyNumber')}
        label="Company number"
        width={8}
        maxLength={12}
        spellCheck={false}
      />
    </>
  )
}
