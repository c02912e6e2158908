import { Card } from "@/components/ui/card";
import { ButtonLink } from "@/components/ui/button";
import { readMessages } from "@/lib/server/i18n";
import { ShopperPage } from "./shopper-page";
import { TryAgain } from "./try-again";

/** For the minutes in which our database is away. It says that nothing is lost, and tries again, script or no script. */
export async function TroublePage({ path }: { path: string }) {
  const { payment } = await readMessages();
  return (
    <ShopperPage>
      <TryAgain />
      <Card className="mt-4 p-5 sm:p-6">
        <h1 className="text-xl font-bold">{payment.trouble.title}</h1>
        <p className="mt-2">{payment.trouble.body}</p>
        <ButtonLink href={path} look="secondary" className="mt-5 w-full">
          {payment.reload}
        </ButtonLink>
      </Card>
    </ShopperPage>
  );
}
