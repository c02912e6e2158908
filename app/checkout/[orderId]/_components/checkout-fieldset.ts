import type { FormMetadata } from "@conform-to/react";
import type { CheckoutFields } from "../schema";

/** The fields of the checkout form, as its parts get them. */
export type CheckoutFieldset = ReturnType<FormMetadata<CheckoutFields>["getFieldset"]>;
