export interface AppKeyProps {
  /** In groups of four. */
  typed: string
  /** `otpauth://…` */
  uri: string
  picture: { size: number; path: string }
}

/** A key for an authenticator app: as a picture, as letters, and for an app on this device. */
export function AppKey({ typed, uri, picture }: AppKeyProps) {
  const size = String(picture.size)
  return (
    <section className="panel stack" aria-labelledby="key">
      <h2 id="key">Put this key into your app</h2>
      <p>In the app choose “add an account”, then point the camera at this square.</p>
      {/* Black on white in every theme: cameras look for that. */}
      <svg
        className="qr"
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label="QR code with the key below"
        shapeRendering="crispEdges"
      >
        <rect width={size} height={size} fill="#fff" />
        <path d={picture.path} fill="#000" />
      </svg>
      <p>No camera? Choose “enter a setup key” in the app, and type or paste:</p>
      <p className="key-text">
        <strong>{typed}</strong>
      </p>
      <p>
        Is the app on this device? <a href={uri}>Open it with the key filled in</a>
      </p>
    </section>
  )
}
