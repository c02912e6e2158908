/** The acquirer's identifiers of a payment as one text, the same for every order; empty when there are none. */
export const toAcquirerIds = (identifiers: readonly { name: string; value: string }[]): string =>
  identifiers
    .map(({ name, value }) => JSON.stringify([name, value]))
    .toSorted()
    .join();
