export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

/** The value at a rank, never interpolated. @throws on an empty list */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
  if (value === undefined) throw new RangeError("No quantile of an empty list.");
  return value;
}

export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
/** A thousand bytes, the stricter of the two meanings. */
export const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`;
export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
export const ratio = (number: number): string => `${number.toFixed(2)} x`;
export const spread = (numbers: readonly number[], format: (value: number) => string): string =>
  `${format(quantile(numbers, 0))} to ${format(quantile(numbers, 1))}`;
