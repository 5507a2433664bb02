/** Loaded right after Desk's SDK: it replays nothing, so the page must listen before its modules have arrived. */
globalThis.kaiwaDesk = typeof ZOHODESK === 'undefined' ? undefined : ZOHODESK.extension.onload()
