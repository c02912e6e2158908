"use server";

import { notFound, redirect } from "next/navigation";
import { supersedePayment } from "@/lib/operations/supersede-payment";
import { getDeps } from "@/lib/server/deps";

/** Takes the present method off the order, so that the checkout offers all of them again. */
export async function chooseAnotherMethod(form: FormData): Promise<void> {
  const orderId = String(form.get("orderId"));
  const { outcome } = await supersedePayment(await getDeps(), orderId);
  switch (outcome) {
    case "superseded":
    case "nothing_to_supersede":
      return redirect(`/checkout/${orderId}`);
    case "already_paid":
      return redirect(`/pay/${orderId}`);
    case "not_found":
      return notFound();
  }
}
