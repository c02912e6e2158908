import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

const minuteMs = 60_000;

/** How old what the page shows is, in whole minutes. @param receivedAt of `performance.now()` */
export function NewsAge({ receivedAt }: { receivedAt: number }) {
  const t = useTranslations("payment.live");
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), minuteMs / 4);
    return () => clearInterval(timer);
  }, []);
  return t("lastNews", { minutes: Math.max(0, Math.floor((now - receivedAt) / minuteMs)) });
}
