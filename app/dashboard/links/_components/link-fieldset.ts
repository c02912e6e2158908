import type { FormMetadata } from "@conform-to/react";
import type { LinkFormValues } from "../schema";

export type LinkFieldset = ReturnType<FormMetadata<LinkFormValues>["getFieldset"]>;
