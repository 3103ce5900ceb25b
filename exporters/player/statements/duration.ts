/** Seconds as an ISO 8601 duration with hours, minutes, and seconds of at most two decimals (xAPI 1.0.3 Data 4.6). */
export function isoDuration(seconds: number): string {
  const hundredths = Math.max(0, Math.round(seconds * 100));
  const hours = Math.floor(hundredths / 360_000);
  const minutes = Math.floor((hundredths % 360_000) / 6_000);
  const rest = (hundredths % 6_000) / 100;
  return `PT${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${rest > 0 || hundredths < 6_000 ? `${rest}S` : ''}`;
}
