import type { AnchorHTMLAttributes, ButtonHTMLAttributes } from "react";

/** `main`: the one act of a screen. `quiet`: everything beside it. `plain`: reads as a link. */
export type ButtonLook = "main" | "quiet" | "plain";

const shared =
  "inline-flex min-h-11 items-center justify-center gap-2 text-center font-semibold transition-colors " +
  "disabled:cursor-not-allowed aria-disabled:cursor-not-allowed print:hidden";

const looks: Record<ButtonLook, string> = {
  main:
    "rounded-xl border border-transparent bg-leaf px-5 py-2.5 text-on-leaf hover:bg-leaf-deep " +
    "disabled:bg-stone-soft disabled:text-stone aria-disabled:bg-stone-soft aria-disabled:text-stone",
  quiet:
    "rounded-xl border border-field bg-card px-5 py-2.5 text-ink hover:bg-stone-soft disabled:text-muted " +
    "aria-disabled:text-muted",
  plain: "text-leaf underline decoration-from-font underline-offset-4 hover:text-leaf-deep",
};

export const buttonClass = (look: ButtonLook = "main", className = ""): string =>
  `${shared} ${looks[look]} ${className}`;

type Look = { look?: ButtonLook };

export const Button = ({
  look,
  className,
  type = "button",
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & Look) => (
  // oxlint-disable-next-line react/button-has-type -- the default above is "button"
  <button type={type} className={buttonClass(look, className)} {...rest} />
);

/** A plain anchor: a whole new page, which costs no JavaScript and cannot show anything stale. */
export const ButtonLink = ({
  look,
  className,
  children,
  ...rest
}: AnchorHTMLAttributes<HTMLAnchorElement> & Look) => (
  <a className={buttonClass(look, className)} {...rest}>
    {children}
  </a>
);
