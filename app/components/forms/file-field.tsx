import { described, Field, type FieldProps } from './field.tsx'

export interface FileFieldProps extends FieldProps {
  /** What the browser offers first: 'application/pdf,image/jpeg'. What a file is, the server sees by its content. */
  accept?: string
}

/** One file to send. The form around it needs `encType="multipart/form-data"`. */
export function FileField({ accept, ...props }: FileFieldProps) {
  const { id, control } = described(props)
  return (
    <Field {...props}>
      <input
        className="input"
        id={id}
        name={props.name}
        type="file"
        {...(accept ? { accept } : {})}
        {...control}
      />
    </Field>
  )
}
