import { toLogoPath } from "@/lib/appearance/appearance";
import type { Logo } from "@/lib/appearance/appearance";

/** The merchant's logo beside their name. It was made for paper: it stands on white in both themes. */
export const LogoImage = ({ logo, className = "" }: { logo: Logo; className?: string }) => (
  // oxlint-disable-next-line next/no-img-element -- nothing is optimised here, and next/image sets a style that the policy forbids
  <img
    src={toLogoPath(logo)}
    width={logo.widthPx}
    height={logo.heightPx}
    alt=""
    className={`h-9 w-auto max-w-28 shrink-0 rounded-md bg-[#fff] object-contain p-0.5 forced-color-adjust-none sm:max-w-40 ${className}`}
  />
);
