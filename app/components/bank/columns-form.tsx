import { Button } from '../button/button.tsx'
import { Checkboxes, Radios } from '../forms/choices.tsx'
import type { FieldError } from '../forms/field.tsx'
import { FileField } from '../forms/file-field.tsx'
import { Select } from '../forms/select.tsx'
import { DataTable } from '../table/data-table.tsx'

export interface ColumnsFormProps {
  columns: readonly { number: number; samples: readonly string[] }[]
  /** What the file holds; null when it has to be chosen once more. */
  text: string | null
  fileName: string
  /** Hidden fields, such as whose account it is. */
  hidden: Readonly<Record<string, string>>
  errors: Readonly<Record<string, FieldError>> | undefined
  value: (name: string) => string | undefined
  ticked: (name: string) => string[] | undefined
}

const sampleOf = (samples: readonly string[]): string => samples.find((one) => one !== '') ?? 'empty'

/** A person says which column of a bank's file is what. Nothing is guessed. */
export function ColumnsForm({ columns, text, fileName, hidden, errors, value, ticked }: ColumnsFormProps) {
  const options = columns.map(({ number, samples }) => ({
    value: String(number),
    label: `Column ${String(number)}: ${sampleOf(samples)}`,
  }))
  const lines = columns[0]?.samples.length ?? 0
  const choose = (name: string, label: string, firstLine: string) => (
    <Select
      name={name}
      label={label}
      options={options}
      firstLine={firstLine}
      defaultValue={value(name)}
      error={errors?.[name]}
    />
  )
  return (
    <form method="post" encType="multipart/form-data" className="stack" noValidate>
      <input type="hidden" name="intent" value="file" />
      <input type="hidden" name="fileName" value={fileName} />
      {Object.entries(hidden).map(([key, kept]) => (
        <input key={key} type="hidden" name={key} value={kept} />
      ))}
      {text === null ? (
        <FileField
          name="file"
          label="Choose the same file again"
          accept=".csv,text/csv"
          error={errors?.['file']}
        />
      ) : (
        <input type="hidden" name="text" value={text} />
      )}
      <DataTable
        caption="How the file begins"
        columns={columns.map(({ number }) => ({ key: String(number), label: `Column ${String(number)}` }))}
        rows={Array.from({ length: lines }, (_, line) => ({
          key: String(line),
          cells: Object.fromEntries(
            columns.map(({ number, samples }) => [String(number), samples[line] ?? '']),
          ),
        }))}
        cards={false}
      />
      <Radios
        name="heading"
        label="Is the first line a heading?"
        options={[
          { value: 'yes', label: 'Yes, it names the columns' },
          { value: 'no', label: 'No, money begins with it' },
        ]}
        defaultValue={value('heading') ?? 'no'}
        error={errors?.['heading']}
      />
      {choose('date', 'Which column has the date?', 'Choose one')}
      <Checkboxes
        name="description"
        label="Which columns say who or what it was?"
        options={options}
        defaultValue={ticked('description')}
        error={errors?.['description']}
      />
      {choose('amount', 'Which column has the amount?', 'Money in and money out have a column each')}
      {choose('moneyIn', 'Which column has the money in?', 'There is one column for both')}
      {choose('moneyOut', 'Which column has the money out?', 'There is one column for both')}
      <Radios
        name="plusIsOut"
        label="If there is one column: how is money that goes out written?"
        options={[
          { value: 'no', label: 'With a minus' },
          { value: 'yes', label: 'Without; what comes in has the minus' },
        ]}
        defaultValue={value('plusIsOut') ?? 'no'}
      />
      <Button size="big">Read the file like this</Button>
    </form>
  )
}
