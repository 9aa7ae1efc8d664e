/** What Node.js lacks beside a document: a system that is light or dark. */
globalThis.matchMedia ??= () =>
  Object.assign(new EventTarget(), { matches: false }) as unknown as MediaQueryList
