/** Meta's access tokens begin like this. */
const TOKEN = /\bEAA[A-Za-z0-9]{16,}/g

/** Meta's words without what was sent along: an error may quote a token that is malformed, or the address that was called. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= 8)
    .reduce<string>((words, secret) => words.replaceAll(secret, '(secret)'), text)
    .replace(TOKEN, '(secret)')
}
