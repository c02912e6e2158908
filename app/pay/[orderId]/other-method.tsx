import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { readMessages } from "@/lib/server/i18n";
import { chooseAnotherMethod } from "./actions";

type Props = { orderId: string; means: "code" | "link"; open?: boolean };

/** The way back to the methods. It first says what becomes of a payment that may be under way. */
export async function OtherMethod({ orderId, means, open = false }: Props) {
  const { other } = (await readMessages()).payment;
  return (
    <Disclosure title={other.title} open={open}>
      <p className="text-muted">{means === "code" ? other.body : other.bodyLink}</p>
      <form action={chooseAnotherMethod} className="mt-4">
        <input type="hidden" name="orderId" value={orderId} />
        <Button type="submit" look="quiet" className="w-full">
          {other.submit}
        </Button>
      </form>
    </Disclosure>
  );
}
