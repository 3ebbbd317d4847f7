import { isTyped, isWritten, sentBy, type FieldOfForm, type Fields, type FormOfPage } from './forms.ts'

/** HTML, SQL, emoji and marks of right-to-left writing in one: text that a free answer may well hold. */
const MIXED =
  '<script>alert("kith")</script>\'; DROP TABLE booking; --\u{1F9F6}\u{1F468}\u200D\u{1F469}\u202Ereversed\u202C\u200F'
export const NULL_BYTE = 'kithnull\0byte'
const LONG = 'kithlong'.repeat(1_250)

export interface Attack {
  /** What is wrong with it, for the report. */
  kind: string
  fields: Fields
  /** Fields that the answer must name, each with a link to it. */
  names: readonly string[]
}

const with1 = (fields: Fields, name: string, values: readonly string[]): Fields => [
  ...fields.filter(([other]) => other !== name),
  ...values.map((value): [string, string] => [name, value]),
]

/** Values that one kind of field can never mean; by the names that fields have on this site. */
function neverMeant({ name, type }: FieldOfForm): Record<string, Record<string, string>> {
  const date = /^(.*)\.day$/.exec(name)?.[1]
  if (date !== undefined) {
    const on = (day: string, month: string, year: string) => ({
      [`${date}.day`]: day,
      [`${date}.month`]: month,
      [`${date}.year`]: year,
    })
    return { 'a date that does not exist': on('31', '2', '2027'), 'no date': on('the 3rd', 'soon', '-1') }
  }
  if (/^(minutes|weeks|minMinutes|maxMinutes)$/.test(name))
    return { nought: { [name]: name === 'minutes' ? '-30' : '0' }, 'no number': { [name]: '1e9' } }
  if (/^(base|weekend|bankHoliday|evening|travel|price)$/.test(name))
    return { 'a negative price': { [name]: '-4.00' }, 'a price of parts of pence': { [name]: '1.005' } }
  if (/postcode|near/i.test(name)) return { 'a postcode that is none': { [name]: 'ZZ99 QQQ' } }
  if (/email/i.test(name)) return { 'an address that is none': { [name]: 'nobody@' } }
  if (type === 'radio' || type === 'select') return { 'a choice that is none': { [name]: 'kith-none' } }
  if (/^(time|from|until)$/.test(name)) return { 'a time that is none': { [name]: '25:61' } }
  return {}
}

/** The form with everything answered that is empty, so that what is tried is the only thing to put right, where that can be. */
function answered(form: FormOfPage): Fields {
  const sent = sentBy(form)
  const open = form.fields.filter(({ name }) => !sent.some(([other]) => other === name))
  const first = open.filter(
    ({ name, type }, i) => type === 'radio' && open.findIndex((one) => one.name === name) === i,
  )
  const boxes = new Set(form.fields.filter(({ type }) => type === 'textarea').map(({ name }) => name))
  return [
    ...sent.map(([name, value]): [string, string] => [
      name,
      value === '' && boxes.has(name) ? 'Some words of a test' : value,
    ]),
    ...first.map(({ name, value }): [string, string] => [name, value]),
  ]
}

/** Under which name the answer speaks of a field: the parts of a date, and the two ends of a span of time, are one. */
const saidAs = (name: string): string => name.replace(/\.(day|month|year|from|until)$/, '')

/**
 * Everything that is tried on one form. Only what can never be meant: a letter box takes any words, so a form that has
 * nothing but such boxes gets the null byte and the 10,000 letters, and not the words.
 */
export function attacksOn(form: FormOfPage): Attack[] {
  const plain = answered(form)
  const typed = form.fields.filter(isTyped)
  const names = [...new Set(typed.map(({ name }) => name))]
  const said = [...new Set(names.map(saidAs))]
  const written = [...new Set(typed.filter(isWritten).map(({ name }) => name))]
  const all = (value: string): Fields => form.fields.map(({ name }) => [name, value])
  const replaced = (which: readonly string[], value: string): Fields =>
    which.reduce<Fields>((fields, name) => with1(fields, name, [value]), plain)
  const chosen = typed.some((field) => !isWritten(field))
  const none: readonly string[] = []
  return [
    ...(form.fields.every(isWritten)
      ? []
      : [{ kind: 'words in everything, hidden fields too', fields: all(MIXED), names: none }]),
    // Which form it was is lost with the rest, so the page need not know where to point.
    { kind: 'a null byte in everything', fields: all(NULL_BYTE), names: none },
    { kind: 'nothing at all', fields: [], names: none },
    ...(chosen ? [{ kind: 'words in all that is typed', fields: replaced(names, MIXED), names: none }] : []),
    ...(names.length > 0
      ? [{ kind: 'a null byte in all that is typed', fields: replaced(names, NULL_BYTE), names: said }]
      : []),
    // One by one: a check that stops at the first must not hide the second.
    ...written.map((name) => ({
      kind: `10,000 letters in ${name}`,
      fields: with1(plain, name, [LONG]),
      names: [saidAs(name)],
    })),
    ...typed
      .filter(({ name }, i) => typed.findIndex((other) => other.name === name) === i)
      .flatMap((field) =>
        Object.entries(neverMeant(field)).map(([kind, values]) => ({
          kind: `${kind} in ${field.name}`,
          fields: Object.entries(values).reduce<Fields>(
            (fields, [name, value]) => with1(fields, name, [value]),
            plain,
          ),
          names: [saidAs(field.name)],
        })),
      ),
    // A list where one answer is expected: two answers that cannot both be meant, and neither can.
    ...(names.length > 0
      ? [
          {
            kind: 'two answers where one is expected',
            fields: names.reduce<Fields>(
              (fields, name) => with1(fields, name, [NULL_BYTE, 'kith-none']),
              plain,
            ),
            names: said,
          },
        ]
      : []),
    ...(form.fields.some(({ name }) => name === 'personId')
      ? [
          {
            kind: 'somebody else’s id',
            fields: with1(plain, 'personId', ['0193b3f0-0000-7000-8000-000000000000']),
            names: none,
          },
        ]
      : []),
  ]
}
