import { buttonClass } from "@/components/ui/button";

type Props = {
  amount: string;
  isPending: boolean;
  labels: Record<"submitCode" | "submitLink" | "pending" | "noCharge" | "noChargeLink", string>;
};

/** The one act of the checkout, with the amount. Which words it wears follows the chosen method, by style sheet. */
export const SubmitButton = ({ amount, isPending, labels }: Props) => (
  <div>
    <button
      type="submit"
      aria-disabled={isPending}
      onClick={(event) => isPending && event.preventDefault()}
      className={buttonClass("primary", "min-h-14 w-full text-balance max-sm:px-4 sm:text-lg")}
    >
      {isPending ? (
        labels.pending
      ) : (
        <>
          <span className="mr-auto text-left when-link:hidden">{labels.submitCode}</span>
          <span className="mr-auto hidden text-left when-link:inline">{labels.submitLink}</span>
          <span className="digits whitespace-nowrap">{amount}</span>
        </>
      )}
    </button>
    <p className="mt-2 text-center text-sm text-balance text-muted">
      <span className="when-link:hidden">{labels.noCharge}</span>
      <span className="hidden when-link:inline">{labels.noChargeLink}</span>
    </p>
  </div>
);
