declare module 'virtual:contract/*' {
  export const contract: import('./check.ts').Checks
}
