import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { readMessages } from "@/lib/server/i18n";
import { ShopperPage } from "./shopper-page";

export default async function NotFound() {
  const { notFound } = await readMessages();
  return (
    <ShopperPage>
      <Card className="p-5 sm:p-6">
        <h1 className="text-xl font-bold">{notFound.title}</h1>
        <p className="mt-2 text-muted">{notFound.body}</p>
        <ButtonLink href="/" look="secondary" className="mt-5 w-full">
          {notFound.back}
        </ButtonLink>
      </Card>
    </ShopperPage>
  );
}
