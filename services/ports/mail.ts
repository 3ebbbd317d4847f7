export interface MailMessage {
  to: string
  subject: string
  /** Plain text; the adapter adds nothing to it. */
  text: string
  html?: string
  /** The same key is never delivered twice. */
  key: string
}

export interface Mail {
  send(message: MailMessage): Promise<void>
}
