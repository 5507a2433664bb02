/// <reference types="vite/client" />

/** What `host-boot.js` took from the SDK before the modules were loaded. */
declare var kaiwaDesk: unknown
