export interface MailMessage {
  to: string
  subject: string
  /** Plain text; the adapter adds nothing to it. */
  text: string
  html?: string
  /** The same key is never delivered twice. */
  key: string
}

/** taken: the next server answers for it. refused: it will never be taken, and is not tried again. */
export type Delivery = 'taken' | 'refused'

export interface Mail {
  /** @throws when it may work later: the job comes again */
  send(message: MailMessage): Promise<Delivery>
}
