import { useLocale } from "next-intl";
import { formatTime } from "@/lib/payment/local-time";
import type { Form } from "@/lib/payment/local-time";

type Props = { iso: string; form?: Form; className?: string };

/** A time in WIB, with its machine-readable form. */
export const LocalTime = ({ iso, form = "long", className = "" }: Props) => (
  <time dateTime={iso} className={className}>
    {formatTime(iso, useLocale(), form)}
  </time>
);
