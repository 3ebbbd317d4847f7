/** The way into the Easy Read form of a page, with a picture: an open book with a house on one side and lines on the other. */
export function EasyWay({ href, bleed }: { href: string; bleed: boolean }) {
  return (
    <p className={bleed ? 'easy-way wrap' : 'easy-way'}>
      <a href={href}>
        <svg viewBox="0 0 48 48" aria-hidden="true" focusable="false">
          <path d="M24 13C18 9 11 8 5 10v25c6-2 13-1 19 3 6-4 13-5 19-3V10c-6-2-13-1-19 3v25M9 22l5-4 5 4v7H9zM29 19l9-2M29 25l9-2M29 31l9-2" />
        </svg>
        Easy Read
        <span className="vh">: this page in short sentences, with pictures</span>
      </a>
    </p>
  )
}
