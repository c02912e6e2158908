/** The acquirer's own ids of a payment as one text, whatever their order; empty when there are none. */
export const acquirerIdsOf = (identifiers: readonly { name: string; value: string }[]): string =>
  identifiers
    .map(({ name, value }) => JSON.stringify([name, value]))
    .toSorted()
    .join();
