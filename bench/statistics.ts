export const median = (numbers) => quantile(numbers, 0.5);

/** By rank, without inventing values between two that were seen. */
export function quantile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
}

export const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;
/** A thousand bytes, the stricter of the two meanings. */
export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;
export const ratio = (number) => `${number.toFixed(2)} x`;
export const spread = (numbers, format) =>
  `${format(quantile(numbers, 0))} to ${format(quantile(numbers, 1))}`;
