import { z } from "zod";
import { visibleText } from "@/lib/payment/visible-text";
import { eventTypes } from "@/lib/webhooks/event-types";

/** What stands in a form for an endpoint; the address is looked at by the operation. */
export const EndpointForm = z.object({
  url: z.string().trim().max(2048),
  description: z.union([
    z
      .string()
      .trim()
      .length(0)
      .transform(() => null),
    visibleText(255),
  ]),
  types: z.array(z.enum(eventTypes)).transform((types) => (types.length === 0 ? null : types)),
});

export const readEndpointForm = (form: FormData) => ({
  url: String(form.get("url") ?? ""),
  description: String(form.get("description") ?? ""),
  types: form.getAll("types").map(String),
});

export type TypedEndpoint = ReturnType<typeof readEndpointForm>;
